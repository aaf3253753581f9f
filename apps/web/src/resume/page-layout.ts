/** Where the pages of a document lie in the well, in CSS pixels: known before any picture is there, so nothing jumps. */

export interface PageSize {
  width: number;
  height: number;
}

interface PagePlace extends PageSize {
  top: number;
}

/** All pages from top to bottom, and how long and wide they are together. */
export interface PageStack {
  places: PagePlace[];
  height: number;
  width: number;
}

/** What of a stack is to be seen; indexes from 0. */
export interface PagesInView {
  /** From `first` to `last` the pages are near enough to be loaded. */
  first: number;
  last: number;
  /** The one that is being read. */
  current: number;
}

/** At 100 % a page has the size it has on paper: a point is 1/72 inch, a CSS pixel 1/96. */
const pixelsPerPoint = 96 / 72;
const widestFit = 1.25;
const zoomSteps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const pictureWidths = [400, 800, 1200, 1600, 2400];

/** The next larger or smaller step; the zoom itself at the end of them. */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  const steps = direction === 1 ? zoomSteps : zoomSteps.toReversed();
  return steps.find((step) => (step - zoom) * direction > 0.005) ?? zoom;
}

/** The zoom at which the widest page fills the room, without growing past what is good to read. */
export function fitZoom(pages: PageSize[], roomWidth: number): number {
  const widest = Math.max(...pages.map(({ width }) => width), 1) * pixelsPerPoint;
  return roomWidth > 0 ? Math.min(widestFit, roomWidth / widest) : 1;
}

interface StackInput {
  pages: PageSize[];
  pageCount: number;
  zoom: number;
  gap: number;
}

/** Lays pages under each other. Pages whose size was not told are taken to be like the last one that was. */
export function stackPages({ pages, pageCount, zoom, gap }: StackInput): PageStack {
  const scale = zoom * pixelsPerPoint;
  const places: PagePlace[] = [];
  let top = 0;
  for (let index = 0; index < pageCount; index += 1) {
    const { width, height } = pages[index] ?? pages.at(-1) ?? { width: 595, height: 842 };
    places.push({ top, width: Math.round(width * scale), height: Math.round(height * scale) });
    top += Math.round(height * scale) + gap;
  }
  const width = Math.max(...places.map((place) => place.width), 0);
  return { places, height: Math.max(0, top - gap), width };
}

/** The pages within one screen of what is seen. The one being read is the one under a line a third down the screen. */
export function findPagesInView(stack: PageStack, view: { top: number; height: number }): PagesInView {
  const { places } = stack;
  const height = view.height || 1;
  const isAbove = (line: number) => (place: PagePlace) => place.top + place.height < line;
  const end = Math.max(0, places.length - 1);
  const indexAt = (line: number) => {
    const index = places.findIndex((place) => !isAbove(line)(place));
    return index === -1 ? end : index;
  };
  const isAtEnd = view.top > 0 && view.top + height >= stack.height - 1;
  return {
    first: indexAt(view.top - height),
    last: Math.max(
      indexAt(view.top),
      places.findLastIndex((place) => place.top < view.top + 2 * height),
    ),
    current: isAtEnd ? end : indexAt(view.top + height / 3),
  };
}

/** The scroll position that shows in `next` what `top` showed in `before`. */
export function carryOver(before: PageStack, next: PageStack, top: number): number {
  const index = before.places.findIndex((place) => place.top + place.height > top);
  const from = before.places[index];
  const to = next.places[index];
  if (!from || !to) return top;
  return Math.max(0, to.top + ((top - from.top) / from.height) * to.height);
}

/** How many pixels wide a picture must be to look sharp. Few widths, so that a small zoom asks for nothing new. */
export function pictureWidth(cssWidth: number, pixelRatio: number): number {
  const needed = cssWidth * pixelRatio;
  return pictureWidths.find((width) => width >= needed * 0.95) ?? 2400;
}
