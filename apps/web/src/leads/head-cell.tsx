import type { LeadItem } from "@intake/core/leads/schema";
import { columnWidthLimits } from "@intake/core/views/schema";
import type { Header } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type PointerEvent, useRef } from "react";
import { alignmentOf, type leadTableFeatures } from "./lead-columns";

const keyStep = 16;

interface HeadCellProps {
  header: Header<typeof leadTableFeatures, LeadItem>;
  /** CSS pixels. */
  width: number;
  onResize: (width: number) => void;
  onResetWidth: () => void;
}

/** A column's head: sorts where the server can, and its edge makes the column wider or narrower. */
export function HeadCell({ header, width, onResize, onResetWidth }: HeadCellProps) {
  const { column } = header;
  const sorted = column.getIsSorted();
  const title = String(column.columnDef.header);
  const Arrow = sorted === "desc" ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-label={title}
      aria-sort={sorted ? (sorted === "desc" ? "descending" : "ascending") : undefined}
      className={`group/head sticky top-0 z-(--z-sticky) h-8 border-b border-line bg-surface pe-3 text-xs font-medium whitespace-nowrap text-fg-3 last:pe-6 ${column.id === "lastName" ? "ps-5" : ""} ${alignmentOf(column.id)}`}
    >
      {column.getCanSort() ? (
        <button
          type="button"
          onClick={column.getToggleSortingHandler()}
          className={`-mx-1 inline-flex min-h-7 items-center gap-1 rounded-1 px-1 hover:text-fg pointer-coarse:min-h-(--touch-h) ${sorted ? "text-fg" : ""}`}
        >
          {title}
          {sorted ? <Arrow size={14} strokeWidth={1.75} aria-hidden /> : null}
        </button>
      ) : (
        title
      )}
      <ResizeEdge title={title} width={width} onResize={onResize} onResetWidth={onResetWidth} />
    </th>
  );
}

/** Drag it, or focus it and use the arrow keys; a double click takes the usual width back. */
function ResizeEdge({
  title,
  width,
  onResize,
  onResetWidth,
}: Pick<HeadCellProps, "width" | "onResize" | "onResetWidth"> & { title: string }) {
  const drag = useRef<{ from: number; width: number } | null>(null);

  function start(event: PointerEvent<HTMLElement>): void {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    // What the column really takes: the name takes what is left.
    const shown = event.currentTarget.closest("th")?.getBoundingClientRect().width ?? width;
    drag.current = { from: event.clientX, width: shown };
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between sections cannot be moved, a separator with a value can
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${title}`}
      aria-valuenow={width}
      aria-valuemin={columnWidthLimits.min}
      aria-valuemax={columnWidthLimits.max}
      onPointerDown={start}
      onPointerMove={({ clientX }) => {
        if (drag.current) onResize(drag.current.width + clientX - drag.current.from);
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onDoubleClick={onResetWidth}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        onResize(width + step);
      }}
      className="absolute inset-y-1 end-0 z-1 w-2.5 cursor-col-resize touch-none after:absolute after:inset-y-0 after:end-1 after:w-px after:bg-transparent group-hover/head:after:bg-line-2 hover:after:bg-ink focus-visible:after:bg-ink pointer-coarse:hidden"
    />
  );
}
