import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";

interface RowWindowOptions {
  count: number;
  /** CSS pixels of a row until it is measured. */
  rowHeight: number;
  /** Called when somebody scrolls near the end. */
  onNearEnd: () => void;
}

const rowsAhead = 12;

/** Which rows of a long list are near enough to be drawn while the window scrolls. */
export function useRowWindow({ count, rowHeight, onNearEnd }: RowWindowOptions) {
  const top = useRef<HTMLTableSectionElement>(null);
  const [margin, setMargin] = useState(0);
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count,
    estimateSize: () => rowHeight,
    overscan: rowsAhead,
    scrollMargin: margin,
  });
  // What is above the list, such as a notice, can come and go.
  useLayoutEffect(() => {
    const next = top.current ? top.current.getBoundingClientRect().top + window.scrollY : 0;
    if (Math.abs(next - margin) > 1) setMargin(next);
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const items = virtualizer.getVirtualItems();
  const last = items.at(-1);
  // Not before somebody scrolls: a short list on a tall screen has its button for that.
  const isNearEnd = last !== undefined && last.index >= count - 1 && (virtualizer.scrollOffset ?? 0) > 0;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, onNearEnd]);

  return {
    /** Holds the rows. */
    top,
    /** The first row to draw, and the one after the last. */
    first: items[0]?.index ?? 0,
    end: (last?.index ?? -1) + 1,
    before: (items[0]?.start ?? margin) - margin,
    after: virtualizer.getTotalSize() - ((last?.end ?? margin) - margin),
    measure: virtualizer.measureElement,
    /** Brings a row that may not be drawn to where it can be seen. */
    reveal: (index: number) => virtualizer.scrollToIndex(index, { align: "auto" }),
  };
}
