import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { carryOver, findPagesInView, type PageStack, type PagesInView } from "./page-layout";

/** Milliseconds of rest after which what is on the screen is loaded: pages that only fly by are not. */
const restBeforeLoading = 90;

/** Follows which pages of a stack a scrolling well shows; a new stack, as after zooming, shows the same lines again. */
export function usePagesInView(well: HTMLElement | null, stack: PageStack, paddingTop: number): PagesInView {
  const look = (element: HTMLElement | null) =>
    findPagesInView(stack, {
      top: (element?.scrollTop ?? 0) - paddingTop,
      height: element?.clientHeight ?? 0,
    });
  const [view, setView] = useState<PagesInView>(() => look(well));
  const shown = useRef({ stack, top: 0 });

  useLayoutEffect(() => {
    if (!well || shown.current.stack === stack) return;
    const top = carryOver(shown.current.stack, stack, shown.current.top - paddingTop) + paddingTop;
    if (shown.current.top > paddingTop) well.scrollTop = top;
    shown.current = { stack, top: well.scrollTop };
  }, [well, stack, paddingTop]);

  const latestLook = useRef(look);
  useLayoutEffect(() => {
    latestLook.current = look;
  });

  useEffect(() => {
    if (!well) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () => setView((before) => keepSame(before, latestLook.current(well)));
    const follow = () => {
      shown.current.top = well.scrollTop;
      const { current } = latestLook.current(well);
      setView((before) => (before.current === current ? before : { ...before, current }));
      clearTimeout(timer);
      timer = setTimeout(settle, restBeforeLoading);
    };
    well.addEventListener("scroll", follow, { passive: true });
    const watcher = new ResizeObserver(settle);
    watcher.observe(well);
    return () => {
      clearTimeout(timer);
      well.removeEventListener("scroll", follow);
      watcher.disconnect();
    };
  }, [well]);

  // What a new stack brings near is near at once.
  useEffect(() => {
    if (stack) setView((before) => keepSame(before, latestLook.current(well)));
  }, [well, stack]);

  return view;
}

function keepSame(before: PagesInView, next: PagesInView): PagesInView {
  const isSame = before.first === next.first && before.last === next.last && before.current === next.current;
  return isSame ? before : next;
}
