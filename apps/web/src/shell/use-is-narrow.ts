import { useSyncExternalStore } from "react";

/** A hook that follows a media query. */
function createMediaHook(condition: string): () => boolean {
  const query = matchMedia(condition);
  const subscribe = (listener: () => void) => {
    query.addEventListener("change", listener);
    return () => query.removeEventListener("change", listener);
  };
  return () => useSyncExternalStore(subscribe, () => query.matches);
}

/** Whether there is room for a phone's layout only. The same width as Tailwind's `md` here. */
export const useIsNarrow = createMediaHook("(max-width: 767px)");

/** Whether two things fit beside each other. The same width as Tailwind's `lg` here. */
export const useIsWide = createMediaHook("(min-width: 1024px)");
