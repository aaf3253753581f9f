import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { looksLikeFormula } from "../csv";
import type { ExportTable } from "./csv-file";
import type { ExportCell, ExportColumn } from "./export-columns";

/**
 * The table as a workbook with one sheet (ECMA-376), made while it is read: never more than a batch of it is in memory, and one that
 * breaks off has no directory at its end, so that nothing opens it.
 */
export async function* xlsxFile(table: ExportTable): AsyncGenerator<Buffer> {
  const sheet = Readable.from(sheetXml(table));
  const zip = new ZipFile();
  const output = Readable.from(zip.outputStream);
  zip.on("error", (error) => output.destroy(error));
  for (const [name, xml] of Object.entries(fixedParts)) zip.addBuffer(Buffer.from(xml), name);
  zip.addReadStream(sheet, "xl/worksheets/sheet1.xml");
  zip.end();
  try {
    for await (const chunk of output) yield chunk;
  } finally {
    sheet.destroy();
  }
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";
const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Formats of cells: usual, head, time, and text that Excel shall never take for a formula. */
const style = { usual: 0, head: 1, time: 2, guarded: 3 } as const;

const fixedParts = {
  "[Content_Types].xml": `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/></Types>`,
  "_rels/.rels": `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${documents}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  "xl/workbook.xml": `${declaration}<workbook xmlns="${main}" xmlns:r="${documents}"><sheets><sheet name="Leads" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  "xl/_rels/workbook.xml.rels": `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${documents}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${documents}/styles" Target="styles.xml"/></Relationships>`,
  "xl/styles.xml": `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf quotePrefix="1"/></cellXfs></styleSheet>`,
};

async function* sheetXml({ columns, batches, closing }: ExportTable): AsyncGenerator<string> {
  let rowNumber = 0;
  // Numbers and addresses are optional in the standard, and not in every program that reads it.
  const rowXml = (cells: string[]) => {
    rowNumber += 1;
    return `<row r="${rowNumber}">${cells.map((cell, index) => `<c r="${columnName(index)}${rowNumber}"${cell}`).join("")}</row>`;
  };
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.map(columnXml).join("")}</cols><sheetData>${rowXml(columns.map(({ title }) => textXml(title, style.head)))}`;
  for await (const batch of batches) yield batch.map((cells) => rowXml(cells.map(cellXml))).join("");
  yield `${closing === null ? "" : rowXml([textXml(closing, style.usual)])}</sheetData></worksheet>`;
}

/** `A` to `Z`: there are not so many columns. */
function columnName(index: number): string {
  return String.fromCharCode(65 + index);
}

function columnXml({ width }: ExportColumn, index: number): string {
  return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
}

/** What follows the address of a cell. */
function cellXml(cell: ExportCell): string {
  if (cell === null) return "/>";
  if (typeof cell === "number") return `><v>${cell}</v></c>`;
  if (typeof cell === "string") return textXml(cell, looksLikeFormula(cell) ? style.guarded : style.usual);
  // Days since 30 December 1899, as Excel counts them.
  return ` s="${style.time}"><v>${cell.localSeconds / 86_400 + 25_569}</v></c>`;
}

function textXml(text: string, styleIndex: number): string {
  return ` t="inlineStr" s="${styleIndex}"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

// What XML 1.0 cannot hold.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll(unwritable, "")
      .replaceAll(/[&<>]/g, (sign) => entities[sign] ?? sign)
      // Excel takes _x0041_ for an A; so written, it is what it says (ECMA-376, 22.9.2.19).
      .replaceAll(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_")
  );
}
