import { type KeyboardEvent, useEffect, useMemo } from "react";
import { type PageSize, stackPages } from "./page-layout";
import { type ResumeKey, thumbnailWidth, usePage } from "./use-page";
import { usePagesInView } from "./use-pages-in-view";
import { useWell } from "./use-well";

const width = 92;
const gap = 28;
const padding = 12;

interface ThumbnailRailProps extends ResumeKey {
  pages: PageSize[];
  pageCount: number;
  /** The page that is read, from 0. */
  current: number;
  onChoose: (index: number) => void;
}

/** All pages as small pictures; a press or an arrow key goes there. */
export function ThumbnailRail({ leadId, resumeId, pages, pageCount, current, onChoose }: ThumbnailRailProps) {
  const rail = useWell();
  const stack = useMemo(() => {
    // Each as wide as the others, whatever its size on paper.
    const sizes = pages.map((page) => ({ width, height: (page.height / page.width) * width }));
    return stackPages({ pages: sizes, pageCount, zoom: 72 / 96, gap });
  }, [pages, pageCount]);
  const inView = usePagesInView(rail.element, stack, padding);

  useEffect(() => {
    rail.element?.querySelector(`[data-thumbnail="${current}"]`)?.scrollIntoView({ block: "nearest" });
  }, [rail.element, current]);

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step === undefined ? undefined : stack.places[current + step] && current + step;
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    rail.element?.querySelector<HTMLElement>(`[data-thumbnail="${next}"]`)?.focus();
  }

  return (
    <nav
      ref={rail.ref}
      aria-label="Pages"
      onKeyDown={onKeyDown}
      className="w-32 flex-none overflow-y-auto border-e border-line bg-paper max-md:hidden"
    >
      <ol className="relative" style={{ height: stack.height + gap + 2 * padding }}>
        {stack.places.map((place, index) => (
          <li
            key={index}
            className="absolute inset-x-0 grid justify-items-center"
            style={{ top: place.top + padding }}
          >
            <button
              type="button"
              data-thumbnail={index}
              aria-label={`Page ${index + 1}`}
              aria-current={index === current ? "page" : undefined}
              tabIndex={index === current ? 0 : -1}
              onClick={() => onChoose(index)}
              className="group grid justify-items-center gap-1 rounded-1 outline-offset-2"
            >
              <span
                className="block border border-line-2 bg-sheet group-hover:border-line-strong group-aria-[current=page]:border-ink group-aria-[current=page]:outline group-aria-[current=page]:outline-ink"
                style={{ width, height: place.height }}
              >
                <Thumbnail
                  {...{ leadId, resumeId }}
                  page={index + 1}
                  isWanted={rail.element !== null && index >= inView.first && index <= inView.last}
                />
              </span>
              <span className="num text-xs text-fg-2 group-aria-[current=page]:font-semibold group-aria-[current=page]:text-fg">
                {index + 1}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Thumbnail(props: ResumeKey & { page: number; isWanted: boolean }) {
  const { data } = usePage({ ...props, width: thumbnailWidth });
  if (!data) return null;
  return (
    <img
      alt=""
      src={`data:${data.mediaType};base64,${data.base64}`}
      className="size-full mix-blend-multiply"
    />
  );
}
