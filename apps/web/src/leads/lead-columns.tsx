import type { LeadItem, LeadSource } from "@intake/core/leads/schema";
import type { ListColumn } from "@intake/core/views/schema";
import {
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import { StatusBadge } from "../parts/status-badge";
import { FileState } from "../resume/file-state";
import { Moment } from "../time/moment";
import { AnswerCell, AssigneeCell, TheirTimeCell } from "./lead-cells";

export const leadTableFeatures = tableFeatures({
  rowSortingFeature,
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});

const column = createColumnHelper<typeof leadTableFeatures, LeadItem>();

/** What the columns are called, at their heads and in menus. */
export const columnWords: Record<ListColumn, string> = {
  lastName: "Name",
  status: "Status",
  respondBy: "Answer within",
  resume: "Resume",
  timeZone: "Their time",
  assignee: "With",
  createdAt: "Received",
  source: "Source",
  updatedAt: "Changed",
  reference: "Reference",
};

/** Which door a lead came through, in words. */
export const sourceWords: Record<LeadSource, string> = { FORM: "Form", API: "API" };

/** Columns of the list; an id that is a sort field of the server makes its head a button. */
export const leadColumns = column.columns([
  column.accessor("lastName", { id: "lastName", header: columnWords.lastName, sortDescFirst: false }),
  column.accessor("status", {
    id: "status",
    header: columnWords.status,
    sortDescFirst: false,
    cell: (info) => <StatusBadge status={info.getValue()} filled={false} />,
  }),
  column.accessor("respondBy", {
    id: "respondBy",
    header: columnWords.respondBy,
    sortDescFirst: false,
    cell: (info) => <AnswerCell lead={info.row.original} />,
  }),
  column.accessor("resume", {
    id: "resume",
    header: columnWords.resume,
    enableSorting: false,
    cell: (info) => <FileState resume={info.getValue()} />,
  }),
  column.accessor("timeZone", {
    id: "timeZone",
    header: columnWords.timeZone,
    enableSorting: false,
    cell: (info) => <TheirTimeCell timeZone={info.getValue()} />,
  }),
  column.accessor("assignee", {
    id: "assignee",
    header: columnWords.assignee,
    enableSorting: false,
    cell: (info) => <AssigneeCell assignee={info.getValue()} />,
  }),
  column.accessor("createdAt", {
    id: "createdAt",
    header: columnWords.createdAt,
    sortDescFirst: true,
    cell: (info) => <Moment standsAlone at={info.getValue()} />,
  }),
  column.accessor("source", {
    id: "source",
    header: columnWords.source,
    enableSorting: false,
    cell: (info) => <span className="text-fg-2">{sourceWords[info.getValue()]}</span>,
  }),
  column.accessor("updatedAt", {
    id: "updatedAt",
    header: columnWords.updatedAt,
    sortDescFirst: true,
    cell: (info) => <Moment standsAlone at={info.getValue()} />,
  }),
  column.accessor("reference", {
    id: "reference",
    header: columnWords.reference,
    enableSorting: false,
    cell: (info) => <span className="num text-fg-2">{info.getValue()}</span>,
  }),
]);

/** Dates stand at the right, like numbers. */
export function alignmentOf(columnId: string): string {
  return columnId === "createdAt" || columnId === "updatedAt" ? "text-end" : "text-start";
}
