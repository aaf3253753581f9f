import { type LeadItem, type LeadSort, leadSortSchema } from "@intake/core/leads/schema";
import { type ListColumn, type ListLayout, listColumnSchema, listColumns } from "@intake/core/views/schema";
import { useTable } from "@tanstack/react-table";
import { Fragment, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { HeadCell } from "./head-cell";
import { leadColumns, leadTableFeatures } from "./lead-columns";
import type { Search } from "./lead-link";
import { LeadRow } from "./lead-row";
import { checkWidth, fitColumns, resize, widthOf } from "./list-layout";
import { LookedLine } from "./looked-line";
import { useRowWindow } from "./use-row-window";
import type { Selecting } from "./use-selection";
import { useWidth } from "./use-width";

export interface Sorting {
  sort: LeadSort;
  order: "asc" | "desc";
}

export interface LeadRowsProps {
  leads: LeadItem[];
  search: Search;
  currentId: string | null;
  onOpen: (lead: LeadItem) => void;
  selecting: Selecting;
  /** The first lead that the person had seen before, and when that was; null when there is no such line to draw. */
  looked: { beforeId: string; at: string } | null;
}

interface LeadsTableProps extends LeadRowsProps {
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  layout: ListLayout;
  onLayout: (layout: ListLayout) => void;
  /** How many rows there are in all, loaded or not; -1 when nobody knows. */
  rowCount: number;
  /** Gets a function that brings a row, by its place in `leads`, to the screen. */
  revealRef: RefObject<(index: number) => void>;
  /** Called when somebody scrolls near the end. */
  onNearEnd: () => void;
}

/** CSS pixels, as the tokens have them. */
const rowHeights = { comfortable: 52, compact: 32 };
/** Title, tabs, search and the table's head, as a rule. */
const roomAbove = 190;

/** The list on anything wider than a phone. The server sorts; heads only ask it to. Rows out of sight are not drawn. */
export function LeadsTable(props: LeadsTableProps) {
  const { leads, search, currentId, onOpen, selecting, looked } = props;
  const { sorting, onSort, layout, onLayout, rowCount, revealRef, onNearEnd } = props;
  const rowWindow = useRowWindow({
    count: leads.length,
    rowHeight: rowHeights[layout.density],
    roomAbove,
    listKey: leads[0]?.id ?? "",
    onNearEnd,
  });
  const { reveal, first, end } = rowWindow;
  // Only what is drawn: working out ten thousand rows that nobody sees would stop the page for a moment with each page that is added.
  const drawn = useMemo(() => leads.slice(first, end), [leads, first, end]);
  useLayoutEffect(() => {
    revealRef.current = reveal;
  });
  const { ref, width } = useWidth<HTMLTableElement>(roomBesideRail);
  const fitting = fitColumns(layout, width);
  const table = useTable({
    features: leadTableFeatures,
    columns: leadColumns,
    data: drawn,
    getRowId: (lead) => lead.id,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: {
      sorting: [{ id: sorting.sort, desc: sorting.order === "desc" }],
      columnOrder: ["lastName", ...fitting],
      columnVisibility: Object.fromEntries(
        listColumns.map((id) => [id, id === "lastName" || isIn(fitting, id)]),
      ),
    },
    onSortingChange(update) {
      const next = typeof update === "function" ? update(table.state.sorting) : update;
      const sort = leadSortSchema.safeParse(next[0]?.id);
      if (sort.success) onSort({ sort: sort.data, order: next[0]?.desc ? "desc" : "asc" });
    },
  });
  // One function for all rows: a new one would draw every row anew.
  const actions = useLatest({ onOpen, onToggle: selecting.toggle });
  const { rows } = table.getRowModel();
  const columns = fitting.join();
  const span = fitting.length + 2;
  return (
    <table
      ref={ref}
      aria-label="Leads"
      aria-rowcount={rowCount < 0 ? -1 : rowCount + 1}
      className="w-full table-fixed border-collapse"
    >
      <colgroup>
        <col style={{ width: checkWidth }} />
        {["lastName" as const, ...fitting].map((id) => (
          <col
            key={id}
            style={id === "lastName" && !layout.widths[id] ? undefined : { width: widthOf(layout, id) }}
          />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <td className="sticky top-0 z-(--z-sticky) border-b border-line bg-surface ps-6">
            <PageCheck selecting={selecting} />
          </td>
          {table.getHeaderGroups().flatMap((group) =>
            group.headers.map((header) => {
              const id: ListColumn = listColumnSchema.parse(header.column.id);
              const { [id]: _, ...widths } = layout.widths;
              return (
                <HeadCell
                  key={id}
                  header={header}
                  width={widthOf(layout, id)}
                  onResize={(next) => onLayout(resize(layout, id, next))}
                  onResetWidth={() => onLayout({ ...layout, widths })}
                />
              );
            }),
          )}
        </tr>
      </thead>
      <tbody ref={rowWindow.top}>
        <Gap height={rowWindow.before} span={span} />
        {rows.map((row) => {
          const index = first + row.index;
          return (
            <Fragment key={row.id}>
              {looked?.beforeId === row.id ? <LookedLine at={looked.at} span={span} /> : null}
              <LeadRow
                row={row}
                index={index}
                columns={columns}
                search={search}
                isCurrent={row.id === currentId}
                isChosen={selecting.has(row.id)}
                isCompact={layout.density === "compact"}
                onOpen={actions.onOpen}
                onToggle={actions.onToggle}
                measure={rowWindow.measure}
              />
            </Fragment>
          );
        })}
        <Gap height={rowWindow.after} span={span} />
      </tbody>
    </table>
  );
}

/** As the classes of `shell/staff-shell.tsx` lay it out. */
function roomBesideRail(): number {
  const rem = 16;
  return window.innerWidth - (window.innerWidth >= 80 * rem ? 13.5 : 3.25) * rem;
}

/** The room of rows that are not drawn. */
function Gap({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height }} className="p-0" />
    </tr>
  );
}

function PageCheck({ selecting }: { selecting: Selecting }) {
  const isSome = selecting.ofLoaded === "some";
  return (
    <label className="-m-2 grid w-9 place-items-center p-2">
      <input
        type="checkbox"
        aria-label="Select all that are loaded"
        checked={selecting.ofLoaded === "all"}
        ref={(element) => {
          if (element) element.indeterminate = isSome;
        }}
        onChange={selecting.toggleLoaded}
        className="size-4 accent-(--ink)"
      />
    </label>
  );
}

function isIn(columns: readonly ListColumn[], column: ListColumn): boolean {
  return columns.includes(column);
}

/** Functions that stay the same and do what the newest ones do. */
function useLatest(newest: Pick<LeadRowsProps, "onOpen"> & { onToggle: Selecting["toggle"] }) {
  const latest = useRef(newest);
  useEffect(() => {
    latest.current = newest;
  });
  return useRef({
    onOpen: (lead: LeadItem) => latest.current.onOpen(lead),
    onToggle: (id: string, isRange: boolean) => latest.current.onToggle(id, isRange),
  }).current;
}
