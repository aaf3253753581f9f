import { memo, type ReactNode, useMemo } from "react";
import { cutAtSpans, joinRuns, type Span, type TextRun } from "./page-text";

/** A found place in the joined text of a page. */
export interface MarkedSpan extends Span {
  /** The one that is looked at. */
  isCurrent: boolean;
}

interface TextLayerProps {
  runs: TextRun[];
  /** Height of the page divided by its width. */
  pageRatio: number;
  spans: MarkedSpan[];
}

/**
 * The words of a page, unseen over their picture: they can be selected, copied, marked and read aloud. Everything is
 * measured in shares of the page, so zooming needs no new layout.
 */
export const TextLayer = memo(function TextLayer({ runs, pageRatio, spans }: TextLayerProps) {
  const { starts, gaps } = useMemo(() => joinRuns(runs, pageRatio), [runs, pageRatio]);
  return (
    <div
      data-theme="light"
      className="text-layer absolute inset-0 overflow-hidden leading-none whitespace-pre mix-blend-multiply"
    >
      {runs.map((run, index) => (
        <PlacedRun key={index} run={run} pageRatio={pageRatio} gap={gaps[index] ?? ""}>
          {toParts(run, starts[index] ?? 0, spans)}
        </PlacedRun>
      ))}
    </div>
  );
});

interface PlacedRunProps {
  run: TextRun;
  pageRatio: number;
  gap: string;
  children: ReactNode;
}

function PlacedRun({ run, pageRatio, gap, children }: PlacedRunProps) {
  const fontSize = run.height * pageRatio;
  const stretch = run.width / (widthInEms(run) * fontSize);
  return (
    <>
      {gap === "\n" ? <br /> : gap}
      <span
        dir={run.direction}
        className="absolute origin-top-left cursor-text"
        style={{
          left: `${run.left * 100}%`,
          top: `${run.top * 100}%`,
          fontFamily: run.font,
          fontSize: `${fontSize * 100}cqw`,
          transform: `rotate(${run.rotation}deg) scaleX(${Number.isFinite(stretch) && stretch > 0 ? stretch : 1})`,
        }}
      >
        {children}
      </span>
    </>
  );
}

function toParts(run: TextRun, start: number, spans: MarkedSpan[]): ReactNode {
  const hasHit = spans.some((span) => span.from < start + run.text.length && span.to > start);
  if (!hasHit) return run.text;
  return cutAtSpans(run.text, start, spans).map(({ text, at, span }) =>
    span ? (
      <mark
        key={at}
        data-current={span.isCurrent || undefined}
        className="text-transparent data-current:bg-pending-mark/60"
      >
        {text}
      </mark>
    ) : (
      text
    ),
  );
}

let ruler: CanvasRenderingContext2D | null | undefined;
const rulerSize = 100;

/** How wide a run is before it is stretched to its place; 0 where nothing can be measured. */
function widthInEms({ text, font }: TextRun): number {
  if (ruler === undefined) ruler = document.createElement("canvas").getContext("2d");
  if (!ruler) return 0;
  ruler.font = `${rulerSize}px ${font}`;
  return ruler.measureText(text).width / rulerSize;
}
