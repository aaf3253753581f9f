import { useCallback, useState } from "react";

/** The scrolling place of a document: its element, once it is there, and the width it offers, in CSS pixels. */
export interface Well {
  ref: (element: HTMLElement | null) => (() => void) | undefined;
  element: HTMLElement | null;
  width: number;
}

/** Gives a scrolling place its `ref` and follows its width. */
export function useWell(): Well {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(0);
  const ref = useCallback((place: HTMLElement | null) => {
    if (!place) return;
    const measure = () => setWidth(place.clientWidth);
    const watcher = new ResizeObserver(measure);
    watcher.observe(place);
    measure();
    setElement(place);
    return () => {
      watcher.disconnect();
      setElement(null);
    };
  }, []);
  return { ref, element, width };
}
