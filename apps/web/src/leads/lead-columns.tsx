import type { LeadItem } from "@intake/core/leads/schema";
import { createColumnHelper, rowSortingFeature, tableFeatures } from "@tanstack/react-table";
import { StatusBadge } from "../parts/status-badge";
import { FileState } from "../resume/file-state";
import { Moment } from "../time/moment";

export const leadTableFeatures = tableFeatures({ rowSortingFeature });

const column = createColumnHelper<typeof leadTableFeatures, LeadItem>();

/** Columns of the list after the name; an id that is a sort field of the server makes its head a button. */
export const leadColumns = column.columns([
  column.accessor("lastName", { id: "lastName", header: "Name", sortDescFirst: false }),
  column.accessor("status", {
    id: "status",
    header: "Status",
    sortDescFirst: false,
    cell: (info) => <StatusBadge status={info.getValue()} filled={false} />,
  }),
  column.accessor("resume", {
    id: "resume",
    header: "Resume",
    enableSorting: false,
    cell: (info) => <FileState resume={info.getValue()} />,
  }),
  column.accessor("updatedAt", {
    id: "updatedAt",
    header: "Changed",
    sortDescFirst: true,
    cell: (info) => <Moment standsAlone at={info.getValue()} />,
  }),
  column.accessor("createdAt", {
    id: "createdAt",
    header: "Received",
    sortDescFirst: true,
    cell: (info) => <Moment standsAlone at={info.getValue()} />,
  }),
]);

/** Widths and places by column; the name takes what is left. */
export const columnClasses: Record<string, string> = {
  lastName: "ps-6 text-start",
  status: "w-30 text-start",
  resume: "w-36 text-start",
  updatedAt: "w-34 text-end max-lg:hidden",
  createdAt: "w-36 pe-6 text-end",
};
