import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { FindBar } from "./find-bar";
import { markDocument, unmarkDocument } from "./mark-document";
import { type Find, useHitIndex } from "./use-find";
import type { Well } from "./use-well";
import sheetAddress from "./word-sheet.css?url";

/** A4 at 100 %, in CSS pixels. */
const sheetWidth = 794;
const sheetMargin = 16;

interface WordViewProps {
  html: string;
  fileName: string;
  zoom: number;
  find: Find;
  well: Well;
}

/**
 * A Word file as inert HTML in a frame of its own: no script runs there, nothing is asked for, no form is sent. The frame shares
 * our origin only so that this page can measure it and mark what is searched for; without scripts nothing in it can use that.
 */
export function WordView({ html, fileName, zoom, find, well }: WordViewProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [body, setBody] = useState<HTMLElement | null>(null);
  const source = useMemo(() => toPage(html), [html]);
  const height = useContentHeight(body);

  useEffect(() => {
    // Letters grow with the zoom, and the lines are broken anew: nobody has to scroll sideways.
    if (body) body.ownerDocument.documentElement.style.fontSize = `${zoom * 100}%`;
  }, [body, zoom]);
  useForwardedEvents(frame, body);

  const [marks, setMarks] = useState<HTMLElement[][]>([]);
  useEffect(() => {
    if (!body) return;
    if (find.isOpen) setMarks(markDocument(body, find.term));
    else {
      unmarkDocument(body);
      setMarks([]);
    }
  }, [body, find.isOpen, find.term]);
  const { index, move } = useHitIndex(find.term, marks.length);
  useEffect(() => {
    const current = marks[index] ?? [];
    for (const mark of current) mark.dataset.current = "";
    if (well.element && frame.current && current[0]) showMark(well.element, frame.current, current[0]);
    return () => {
      for (const mark of current) delete mark.dataset.current;
    };
  }, [marks, index, well.element]);
  useEffect(() => {
    if (find.isGiven && body && find.isOpen && marks.length === 0) find.close();
    // Judged once the marks of this body are known.
  }, [marks]);

  const width = Math.min(well.width - 2 * sheetMargin || sheetWidth, Math.round(sheetWidth * zoom));
  return (
    <>
      {find.isOpen ? (
        <FindBar
          {...find}
          finding={{ count: marks.length, index, move, isSearching: body === null }}
          onChange={find.change}
          onClose={find.close}
        />
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section ref={well.ref} tabIndex={0} aria-label="Text of the resume" className="well">
        <div className="mx-auto my-4 bg-sheet shadow-2" style={{ width }}>
          <iframe
            ref={frame}
            title={`The resume ${fileName}`}
            sandbox="allow-same-origin"
            srcDoc={source}
            onLoad={() => setBody(frame.current?.contentDocument?.body ?? null)}
            className="block w-full scheme-light"
            style={{ height: Math.max(height, Math.round((width * 297) / 210)) }}
          />
        </div>
      </section>
    </>
  );
}

/** The policy stands before everything else: even what a reader of documents might let through can load and run nothing. */
function toPage(html: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'self'; form-action 'none'; base-uri 'none'"><link rel="stylesheet" href="${sheetAddress}"></head><body>${html}</body></html>`;
}

function useContentHeight(body: HTMLElement | null): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    if (!body) return;
    const measure = () => setHeight(Math.ceil(body.getBoundingClientRect().height));
    const watcher = new ResizeObserver(measure);
    watcher.observe(body);
    measure();
    return () => watcher.disconnect();
  }, [body]);
  return height;
}

const forwarded = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** Keys pressed in the frame are keys of the page, and reading there is being here. */
function useForwardedEvents(frame: RefObject<HTMLIFrameElement | null>, body: HTMLElement | null): void {
  useEffect(() => {
    const inside = body?.ownerDocument;
    if (!inside) return;
    const forward = (event: Event) => {
      const copy =
        event.type === "keydown"
          ? new KeyboardEvent("keydown", event)
          : new Event(event.type, { bubbles: true });
      const isUntouched = frame.current?.dispatchEvent(copy) ?? true;
      if (!isUntouched) event.preventDefault();
    };
    for (const type of forwarded) inside.addEventListener(type, forward, { passive: type !== "keydown" });
    return () => {
      for (const type of forwarded) inside.removeEventListener(type, forward);
    };
  }, [frame, body]);
}

function showMark(well: HTMLElement, frame: HTMLElement, mark: HTMLElement): void {
  const top =
    mark.getBoundingClientRect().top + frame.getBoundingClientRect().top - well.getBoundingClientRect().top;
  if (top > 40 && top < well.clientHeight - 60) return;
  well.scrollTo({ top: well.scrollTop + top - well.clientHeight / 3 });
}
