import { useWindowVirtualizer, type Virtualizer, windowScroll } from "@tanstack/react-virtual";
import { startTransition, useEffect, useLayoutEffect, useRef, useState } from "react";

interface RowWindowOptions {
  count: number;
  /** CSS pixels of a row until it is measured. */
  rowHeight: number;
  /** CSS pixels above the list until they are measured; a good guess spares drawing rows that nobody sees. */
  roomAbove: number;
  /** Another one is another list: what can be seen of it is drawn first. */
  listKey: string;
  /** Called when somebody scrolls near the end. */
  onNearEnd: () => void;
}

const rowsAhead = 12;

/**
 * Which rows of a long list are near enough to be drawn while the window scrolls. Nothing here asks the page for sizes while it is being
 * drawn, which would have it laid out once more each time; the browser reports them when it has laid it out.
 */
export function useRowWindow({ count, rowHeight, roomAbove, listKey, onNearEnd }: RowWindowOptions) {
  const top = useRef<HTMLTableSectionElement>(null);
  const [margin, setMargin] = useState(roomAbove);
  const [settledKey, setSettledKey] = useState("");
  const [initialRect] = useState(sizeOfWindow);
  const isThere = useRef(false);
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count,
    estimateSize: () => rowHeight,
    overscan: settledKey === listKey ? rowsAhead : 0,
    scrollMargin: margin,
    initialRect,
    observeElementRect: followWindow,
    measureElement: heightOf,
    // It would begin by scrolling to where the window is.
    scrollToFn: (...call) => isThere.current && windowScroll(...call),
  });
  useLayoutEffect(() => {
    isThere.current = true;
  }, []);
  // What is above the list, such as a notice, can come and go: the page is higher or lower then.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (top.current) setMargin(Math.round(top.current.getBoundingClientRect().top + window.scrollY));
    });
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  // Rows ahead come after the first paint, bit by bit.
  useEffect(() => {
    const frame = requestAnimationFrame(() => startTransition(() => setSettledKey(listKey)));
    return () => cancelAnimationFrame(frame);
  }, [listKey]);
  const measuredFor = useRef(rowHeight);
  useLayoutEffect(() => {
    if (measuredFor.current !== rowHeight) virtualizer.measure();
    measuredFor.current = rowHeight;
  }, [virtualizer, rowHeight]);

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

type RowWindow = Virtualizer<Window, HTMLTableRowElement>;

function sizeOfWindow(): { width: number; height: number } {
  return { width: window.innerWidth, height: window.innerHeight };
}

function followWindow(_rows: RowWindow, tell: (size: { width: number; height: number }) => void): () => void {
  const onResize = () => tell(sizeOfWindow());
  window.addEventListener("resize", onResize, { passive: true });
  return () => window.removeEventListener("resize", onResize);
}

/** CSS pixels of a row as the browser reports them; before it does, as they were or are guessed. */
function heightOf(row: HTMLTableRowElement, entry: ResizeObserverEntry | undefined, rows: RowWindow): number {
  const box = entry?.borderBoxSize[0];
  if (box) return Math.round(box.blockSize);
  const index = rows.indexFromElement(row);
  return rows.itemSizeCache.get(rows.options.getItemKey(index)) ?? rows.options.estimateSize(index);
}
