import type { LeadItem } from "@intake/core/leads/schema";
import { FlexRender, type Row } from "@tanstack/react-table";
import { type MouseEvent, memo } from "react";
import { ExcerptLine } from "./excerpt-line";
import { alignmentOf, type leadTableFeatures } from "./lead-columns";
import { fullName, LeadLink, type Search } from "./lead-link";

interface LeadRowProps {
  row: Row<typeof leadTableFeatures, LeadItem>;
  /** Its place among all rows, from 0. */
  index: number;
  /** Changes when the columns do: rows are drawn anew only for what they show. */
  columns: string;
  search: Search;
  isCurrent: boolean;
  isChosen: boolean;
  isCompact: boolean;
  onOpen: (lead: LeadItem) => void;
  onToggle: (id: string, isRange: boolean) => void;
  measure: (element: HTMLTableRowElement | null) => void;
}

/** One lead of the table. */
export const LeadRow = memo(DrawnRow, showsTheSame);

function DrawnRow(props: LeadRowProps) {
  const { row, index, search, isCurrent, isChosen, isCompact, onOpen, onToggle, measure } = props;
  const lead = row.original;
  const background = isChosen ? "bg-ink-soft" : isCurrent ? "bg-hover" : "hover:bg-hover";
  const cellClass = `${isCompact ? "h-(--row-h-compact)" : "h-(--row-h)"} border-b border-line`;
  return (
    // The head is row 1.
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} className={`group relative ${background}`}>
      <td
        className={`${cellClass} ps-6 ${isCurrent ? "shadow-[inset_3px_0_0_var(--ink)] rtl:shadow-[inset_-3px_0_0_var(--ink)]" : ""}`}
      >
        {/* Over the row's own link; its reach is larger than the box. */}
        <label className="relative z-1 -m-2 grid w-9 cursor-default place-items-center p-2">
          <input
            type="checkbox"
            aria-label={`Select ${fullName(lead)}`}
            checked={isChosen}
            onClick={(event: MouseEvent) => onToggle(lead.id, event.shiftKey)}
            onChange={() => undefined}
            className="size-4 accent-(--ink)"
          />
        </label>
      </td>
      {row.getVisibleCells().map((cell) =>
        cell.column.id === "lastName" ? (
          <th
            key={cell.id}
            scope="row"
            className={`${cellClass} ps-1 pe-4 text-start font-normal ${lead.excerpt ? "py-2" : ""}`}
          >
            <LeadLink lead={lead} search={search} onOpen={onOpen} isCompact={isCompact} />
            {lead.excerpt ? <ExcerptLine excerpt={lead.excerpt} className="ms-4 mt-1" /> : null}
          </th>
        ) : (
          <td
            key={cell.id}
            className={`${cellClass} truncate pe-3 last:pe-6 [&>*]:align-middle ${alignmentOf(cell.column.id)}`}
          >
            <FlexRender cell={cell} />
          </td>
        ),
      )}
    </tr>
  );
}

/** The table makes its rows anew whenever the window moves; a lead that stayed is not drawn again. */
function showsTheSame({ row: earlier, ...before }: LeadRowProps, { row, ...after }: LeadRowProps): boolean {
  return row.original === earlier.original && watched.every((key) => before[key] === after[key]);
}

const watched = [
  "index",
  "columns",
  "search",
  "isCurrent",
  "isChosen",
  "isCompact",
  "onOpen",
  "onToggle",
  "measure",
] as const satisfies Exclude<keyof LeadRowProps, "row">[];
