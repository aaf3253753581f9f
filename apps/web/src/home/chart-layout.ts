import { useLayoutEffect, useRef, useState } from "react";

/** Where the bars of a chart are drawn, in pixels, so that what lies over it fits. */
const left = 28;
const bottom = 22;
const top = 22;
export const plot = { left, bottom, top, height: 190, inset: { top, right: 0, bottom, left } };

/** The width of an element in pixels as it changes; 0 until it is known. */
export function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, width] as const;
}
