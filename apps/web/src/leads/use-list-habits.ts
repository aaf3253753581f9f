import { trpc } from "@intake/client/react";
import { type ListLayout, startingLayout } from "@intake/core/views/schema";
import { useEffect, useRef } from "react";

/** How the person has laid out their list; a change holds at once and is kept for their next visit on any device. */
export function useListHabits() {
  const utils = trpc.useUtils();
  // Asked once per visit: "new since you last looked" means the visit before, however often this one comes back to the list.
  const habits = trpc.views.habits.useQuery(undefined, {
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const keep = trpc.views.keepLayout.useMutation({
    onMutate: (layout) => utils.views.habits.setData(undefined, (known) => known && { ...known, layout }),
  });
  return {
    layout: habits.data?.layout ?? startingLayout,
    lookedAt: habits.data?.lookedAt ?? null,
    isKnown: !habits.isPending,
    setLayout: (layout: ListLayout) => keep.mutate(layout),
  };
}

/** Remembers the newest lead that was on the screen when the person leaves the list. */
export function useNoteLook(newest: string | null): void {
  const { mutate } = trpc.views.look.useMutation({ meta: { showsItsErrors: true } });
  const latest = useRef(newest);
  const noted = useRef<string | null>(null);
  useEffect(() => {
    latest.current = newest;
  });
  useEffect(() => {
    const note = () => {
      if (latest.current === null || latest.current === noted.current) return;
      noted.current = latest.current;
      mutate({ at: latest.current });
    };
    const onHide = () => document.visibilityState === "hidden" && note();
    document.addEventListener("visibilitychange", onHide);
    return () => {
      document.removeEventListener("visibilitychange", onHide);
      note();
    };
  }, [mutate]);
}
