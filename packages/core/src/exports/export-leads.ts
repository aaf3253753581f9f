import { recordEvent } from "../audit/record-event";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { readReplica } from "../read-replica";
import type { LeadSelection } from "../selection/schema";
import { csvFile, type ExportTable } from "./csv-file";
import { type ExportCell, type ExportRow, exportCells, exportColumns } from "./export-columns";
import { readSnapshot, type Snapshot } from "./read-snapshot";
import { type ExportFormat, type ExportLeads, mostSheetRows } from "./schema";
import { xlsxFile } from "./xlsx-file";

/** A file on its way: the name tells how many rows it has, so that a part of it cannot pass for all. */
export interface ExportFile {
  fileName: string;
  mediaType: string;
  rows: number;
  content: AsyncIterable<string | Buffer>;
}

/**
 * Hands the chosen leads to `send` as a file, every one that the list shows, in its order, all of one moment. That they leave is in the
 * audit before the first byte does. Ends in an error when a row is missing. Throws TOO_MANY_REQUESTS while two exports are under way,
 * UNPROCESSABLE_CONTENT for more rows than a workbook holds.
 */
export async function exportLeads(
  ctx: PersonContext,
  { selection, format }: ExportLeads,
  send: (file: ExportFile) => Promise<void>,
): Promise<void> {
  let isUnderWay = false;
  const make = async ({ total, rows }: Snapshot) => {
    isUnderWay = true;
    if (format === "xlsx" && total > mostSheetRows)
      throw new AppError("UNPROCESSABLE_CONTENT", "These are more leads than a workbook holds. Choose CSV.");
    const filters = namesOfFilters(selection);
    await recordEvent(ctx, { type: "leads.exported", data: { rows: total, format, filters } });
    const table: ExportTable = {
      columns: exportColumns(ctx.actor.user.timeZone),
      batches: wholeBatches(rows, total),
      closing: format === "csv" ? null : `End of the export: ${total} leads.`,
    };
    const day = ctx.now().toISOString().slice(0, 10);
    const extension = format === "xlsx" ? "xlsx" : "csv";
    await send({
      fileName: `leads-${day}-${total}-rows.${extension}`,
      mediaType: mediaTypes[format],
      rows: total,
      content: format === "xlsx" ? xlsxFile(table) : csvFile(table, { hasMark: format === "csv-excel" }),
    });
  };
  await readReplica(
    ctx,
    (reader) => readSnapshot(reader, selection, make),
    () => !isUnderWay,
  );
}

const mediaTypes: Record<ExportFormat, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "csv-excel": "text/csv; charset=utf-8",
  csv: "text/csv; charset=utf-8",
};

async function* wholeBatches(
  rows: AsyncIterable<ExportRow[]>,
  total: number,
): AsyncGenerator<ExportCell[][]> {
  let seen = 0;
  for await (const batch of rows) {
    seen += batch.length;
    yield batch.map(exportCells);
  }
  // Before the last line is written: a file that has it is whole.
  if (seen !== total) throw new Error(`An export read ${seen} of ${total} rows`);
}

/** Which filters there were, never what they asked for: that may be somebody's name. */
function namesOfFilters(selection: LeadSelection): string {
  if (selection.kind === "ids") return "ids";
  const { sort: _, order: __, limit: ___, cursor: ____, page: _____, in: area, ...filters } = selection.query;
  const names = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return [...names, ...(area === "everything" ? [] : ["in"])].sort().join(" ");
}
