import type { ResumeView } from "@intake/core/resume-files/schema";
import { useEffect, useMemo } from "react";
import { useShortcuts } from "../shell/shortcuts";
import { FindBar } from "./find-bar";
import { type PageStack, stackPages } from "./page-layout";
import { PageSheet } from "./page-sheet";
import { findHits, type Hit } from "./page-text";
import type { MarkedSpan } from "./text-layer";
import { ThumbnailRail } from "./thumbnail-rail";
import { type Find, useHitIndex } from "./use-find";
import type { ResumeKey } from "./use-page";
import { type PageText, usePageTexts } from "./use-page-texts";
import { usePagesInView } from "./use-pages-in-view";
import type { Well } from "./use-well";

/** Room around and between the pages, in CSS pixels. */
export const wellPadding = 16;

interface PagesViewProps extends ResumeKey {
  view: Extract<ResumeView["view"], { kind: "pages" }>;
  zoom: number;
  find: Find;
  showsThumbnails: boolean;
  well: Well;
  onPage: (page: number) => void;
}

const unmarked: MarkedSpan[] = [];

/** A PDF, page under page. Only pages near the screen are loaded. */
export function PagesView({ leadId, resumeId, view, zoom, find, well, ...props }: PagesViewProps) {
  const { pages, pageCount } = view;
  const stack = useMemo(
    () => stackPages({ pages, pageCount, zoom, gap: wellPadding }),
    [pages, pageCount, zoom],
  );
  const inView = usePagesInView(well.element, stack, wellPadding);
  const goTo = (index: number) => well.element?.scrollTo({ top: stack.places[index]?.top ?? 0 });
  useShortcuts({
    "resume.next-page": () => goTo(Math.min(inView.current + 1, pageCount - 1)),
    "resume.previous-page": () => goTo(Math.max(inView.current - 1, 0)),
  });
  const { onPage } = props;
  useEffect(() => onPage(inView.current + 1), [onPage, inView.current]);

  const { texts, isComplete } = usePageTexts({ leadId, resumeId, pageCount, isWanted: find.isOpen });
  const hits = useMemo(
    () => (find.isOpen ? findHits(texts, find.term) : []),
    [texts, find.isOpen, find.term],
  );
  const { index, move } = useHitIndex(find.term, hits.length);
  const hit = hits[index];
  const marks = useMemo(() => markPages(hits, hit), [hits, hit]);
  useEffect(() => {
    if (well.element && hit) showHit(well.element, { hit, stack, text: texts[hit.text] });
    // Only another hit moves the page; zooming and loading keep it where it is.
  }, [hit?.text, hit?.from, find.term]);
  useEffect(() => {
    if (find.isGiven && isComplete && hits.length === 0) find.close();
  });

  return (
    <>
      {find.isOpen ? (
        <FindBar
          {...find}
          finding={{ count: hits.length, index, move, isSearching: !isComplete }}
          onChange={find.change}
          onClose={find.close}
        />
      ) : null}
      <div className="flex min-h-0 flex-1">
        {props.showsThumbnails ? (
          <ThumbnailRail
            {...{ leadId, resumeId, pages, pageCount }}
            current={inView.current}
            onChoose={goTo}
          />
        ) : null}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
        <section ref={well.ref} tabIndex={0} aria-label="Pages of the resume" className="well">
          <div
            className="relative mx-auto"
            style={{ height: stack.height + 2 * wellPadding, width: stack.width + 2 * wellPadding }}
          >
            <div className="absolute inset-x-0" style={{ top: wellPadding }}>
              {stack.places.map((place, at) => (
                <PageSheet
                  key={at}
                  {...{ leadId, resumeId, pageCount }}
                  {...place}
                  page={at + 1}
                  isNear={well.element !== null && at >= inView.first && at <= inView.last}
                  spans={marks.get(at) ?? unmarked}
                />
              ))}
            </div>
          </div>
        </section>
      </div>
    </>
  );
}

function markPages(hits: Hit[], current: Hit | undefined): Map<number, MarkedSpan[]> {
  const marks = new Map<number, MarkedSpan[]>();
  for (const hit of hits) {
    const spans = marks.get(hit.text) ?? [];
    spans.push({ from: hit.from, to: hit.to, isCurrent: hit === current });
    marks.set(hit.text, spans);
  }
  return marks;
}

/** Brings a hit to the upper third of the well, unless it is well in sight already. */
function showHit(
  well: HTMLElement,
  { hit, stack, text }: { hit: Hit; stack: PageStack; text: PageText | undefined },
): void {
  const place = stack.places[hit.text];
  const run = text?.runs[text.starts.findLastIndex((start) => start <= hit.from)];
  if (!place || !run) return;
  const top = place.top + run.top * place.height + wellPadding;
  const left = (stack.width - place.width) / 2 + run.left * place.width + wellPadding;
  const isInSight =
    top > well.scrollTop + 40 &&
    top < well.scrollTop + well.clientHeight - 60 &&
    left > well.scrollLeft &&
    left < well.scrollLeft + well.clientWidth - 80;
  if (!isInSight) well.scrollTo({ top: top - well.clientHeight / 3, left: left - well.clientWidth / 3 });
}
