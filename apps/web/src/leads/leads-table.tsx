import { type LeadItem, type LeadSort, leadSortSchema } from "@intake/core/leads/schema";
import { type Header, useTable } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { ExcerptLine } from "./excerpt-line";
import { columnClasses, leadColumns, leadTableFeatures } from "./lead-columns";
import { LeadLink, type Search } from "./lead-link";

export interface Sorting {
  sort: LeadSort;
  order: "asc" | "desc";
}

export interface LeadRowsProps {
  leads: LeadItem[];
  search: Search;
  currentId: string | null;
  onOpen: (lead: LeadItem) => void;
}

interface LeadsTableProps extends LeadRowsProps {
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}

/** The list on anything wider than a phone. The server sorts; heads only ask it to. */
export function LeadsTable({ leads, search, currentId, onOpen, sorting, onSort }: LeadsTableProps) {
  const table = useTable({
    features: leadTableFeatures,
    columns: leadColumns,
    data: leads,
    getRowId: (lead) => lead.id,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting: [{ id: sorting.sort, desc: sorting.order === "desc" }] },
    onSortingChange(update) {
      const next = typeof update === "function" ? update(table.state.sorting) : update;
      const sort = leadSortSchema.safeParse(next[0]?.id);
      if (sort.success) onSort({ sort: sort.data, order: next[0]?.desc ? "desc" : "asc" });
    },
  });
  return (
    <table className="w-full table-fixed border-collapse" aria-label="Leads">
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <HeadCell key={header.id} header={header} />
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => {
          const isCurrent = row.id === currentId;
          return (
            <tr key={row.id} className={`group relative hover:bg-hover ${isCurrent ? "bg-hover" : ""}`}>
              {row.getAllCells().map((cell) =>
                cell.column.id === "lastName" ? (
                  <th
                    key={cell.id}
                    scope="row"
                    className={`h-(--row-h) border-b border-line ps-6 pe-6 text-start font-normal ${row.original.excerpt ? "py-2" : ""} ${isCurrent ? "shadow-[inset_3px_0_0_var(--ink)]" : ""}`}
                  >
                    <LeadLink lead={row.original} search={search} onOpen={onOpen} />
                    {row.original.excerpt ? (
                      <ExcerptLine excerpt={row.original.excerpt} className="mt-1" />
                    ) : null}
                  </th>
                ) : (
                  <td
                    key={cell.id}
                    className={`h-(--row-h) truncate border-b border-line pe-3 ${columnClasses[cell.column.id] ?? ""}`}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ),
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function HeadCell({ header }: { header: Header<typeof leadTableFeatures, LeadItem> }) {
  const { column } = header;
  const sorted = column.getIsSorted();
  const title = String(column.columnDef.header);
  const Arrow = sorted === "desc" ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={sorted ? (sorted === "desc" ? "descending" : "ascending") : undefined}
      className={`sticky top-0 z-(--z-sticky) h-8 border-b border-line bg-surface pe-3 text-xs font-medium whitespace-nowrap text-fg-3 ${columnClasses[column.id] ?? ""}`}
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
    </th>
  );
}
