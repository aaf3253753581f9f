/** Beginnings that make spreadsheets take a cell for a formula, in their full-width forms too, or hide one behind white space. */
const risky = /^[\s\u200B\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** Whether a spreadsheet might take this text for a formula (security rule 28). */
export function looksLikeFormula(text: string): boolean {
  return risky.test(text);
}

/** A cell that no spreadsheet takes for a formula: quoted always, with an apostrophe in front where it is needed. */
export function csvCell(value: string | number | null | undefined): string {
  const text = String(value ?? "");
  const inert = looksLikeFormula(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** One line of a CSV file (RFC 4180). */
export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
