import { useEffect, useRef, useState } from "react";

/** The width of an element in CSS pixels, followed; a guess until it is known: a good one spares drawing everything twice. */
export function useWidth<Target extends Element>(guess: () => number) {
  const ref = useRef<Target>(null);
  const [width, setWidth] = useState(guess);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
