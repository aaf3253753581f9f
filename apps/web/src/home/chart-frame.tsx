import type { ReactNode } from "react";

interface ChartFrameProps {
  title: string;
  /** Beside the title: the legend, or what is counted. */
  beside?: ReactNode;
  /** Under the chart: whose days, which clock. */
  caption: ReactNode;
  table: ReactNode;
  id?: string;
  children: ReactNode;
}

/** A chart with its title, what it means, and the same figures as a table. */
export function ChartFrame({ title, beside, caption, table, id, children }: ChartFrameProps) {
  return (
    <section aria-label={title} id={id} className="min-w-0 scroll-mt-4 print:break-inside-avoid">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="text-md font-semibold">{title}</h2>
        {beside}
      </div>
      {children}
      <p className="mt-2 text-xs text-fg-3">{caption}</p>
      <details className="mt-2">
        <summary className="w-fit cursor-default text-xs text-ink pointer-coarse:py-3">As a table</summary>
        <div className="mt-2 max-h-80 overflow-y-auto border-y border-line print:max-h-none" tabIndex={-1}>
          {table}
        </div>
      </details>
    </section>
  );
}

interface FigureTableProps {
  label: string;
  heads: string[];
  rows: { key: string; head: ReactNode; figures: ReactNode[] }[];
}

/** The figures of a chart, row by row. */
export function FigureTable({ label, heads, rows }: FigureTableProps) {
  return (
    <table aria-label={label} className="num w-full border-collapse text-xs">
      <thead>
        <tr>
          {heads.map((head, index) => (
            <th
              key={head}
              scope="col"
              className={`sticky top-0 h-8 bg-surface pe-3 font-medium text-fg-3 ${index === 0 ? "text-start" : "text-end"}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, head, figures }) => (
          <tr key={key} className="border-t border-line">
            <th scope="row" className="h-7 pe-3 text-start font-normal">
              {head}
            </th>
            {figures.map((figure, index) => (
              <td key={heads[index + 1]} className="pe-3 text-end">
                {figure}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A colour or pattern and what it stands for. */
export function Legend({ mark, children }: { mark: string; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-fg-2">
      <span
        aria-hidden
        className="size-2.5 flex-none forced-color-adjust-none print:[print-color-adjust:exact]"
        style={{ background: mark }}
      />
      {children}
    </span>
  );
}

/** The stripes of what is still open, for a legend; the chart draws the same as a pattern. */
export const openStripes = "repeating-linear-gradient(135deg, var(--data-1) 0 2px, var(--surface) 2px 4px)";
