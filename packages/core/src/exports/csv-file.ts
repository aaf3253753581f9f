import { csvLine } from "../csv";
import type { ExportCell, ExportColumn } from "./export-columns";

/** A table on its way into a file: rows come in batches, as they are read. */
export interface ExportTable {
  columns: ExportColumn[];
  batches: AsyncIterable<ExportCell[][]>;
  /** The last line, which says that the file is whole; none where programs read it. */
  closing: string | null;
}

const byteOrderMark = "\uFEFF";

/** The table as CSV in UTF-8; with a byte-order mark Excel takes it for UTF-8, too. */
export async function* csvFile(
  { columns, batches, closing }: ExportTable,
  { hasMark }: { hasMark: boolean },
): AsyncGenerator<string> {
  yield `${hasMark ? byteOrderMark : ""}${csvLine(columns.map(({ title }) => title))}`;
  for await (const batch of batches) yield batch.map((cells) => csvLine(cells.map(cellText))).join("");
  if (closing !== null) yield csvLine([closing]);
}

/** Times as `2026-11-24 09:14:05`, which spreadsheets of every language read as one. */
function cellText(cell: ExportCell): string | number | null {
  if (typeof cell !== "object" || cell === null) return cell;
  return new Date(cell.localSeconds * 1000).toISOString().slice(0, 19).replace("T", " ");
}
