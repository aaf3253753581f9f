/**
 * A small, valid one-page PDF with these lines, in a font every reader has. Characters outside Latin-1 lose their marks or become `?`.
 * A scripted one greets whoever opens it, which our own check does not allow.
 */
export function resumePdf({
  title,
  lines,
  isScripted,
}: {
  title: string;
  lines: string[];
  isScripted: boolean;
}): Buffer {
  const text = [
    `BT /F1 20 Tf 56 770 Td (${pdfString(title)}) Tj ET`,
    ...lines.map((line, index) => `BT /F1 11 Tf 56 ${738 - index * 18} Td (${pdfString(line)}) Tj ET`),
  ].join("\n");
  const objects = [
    `<</Type/Catalog/Pages 2 0 R${isScripted ? "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>" : ""}>>`,
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
    `<</Length ${Buffer.byteLength(text, "latin1")}>>\nstream\n${text}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const trailer = `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(
    `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`,
    "latin1",
  );
}

/** Whether the font has all the letters of a line, give or take their marks. */
export function isPrintable(line: string): boolean {
  return !pdfString(line).includes("?");
}

function pdfString(line: string): string {
  return [...line]
    .map((character) => (character.charCodeAt(0) < 256 ? character : (character.normalize("NFD")[0] ?? "?")))
    .map((character) => (character.charCodeAt(0) < 256 ? character : "?"))
    .join("")
    .replace(/[\\()]/g, "\\$&");
}
