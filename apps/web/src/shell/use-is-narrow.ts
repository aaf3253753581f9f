import { useSyncExternalStore } from "react";

// The same width as Tailwind's `md` here.
const query = matchMedia("(max-width: 767px)");

/** Whether there is room for a phone's layout only. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => query.matches,
  );
}
