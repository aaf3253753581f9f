import type { DocumentText } from "@intake/core/ports/document-reader";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { TextItem } from "pdfjs-dist/types/src/display/api";
import { withPdf } from "./pdf-document";
import { limitText, maxTextLength, normalizeText } from "./plain-text";

/** The text layer of every page, until the limit is reached. Throws `UnreadableError`. */
export async function readPdfText(bytes: Uint8Array): Promise<DocumentText> {
  return withPdf(bytes, async (pdf) => {
    const pages: string[] = [];
    let length = 0;
    for (let page = 1; page <= pdf.numPages && length <= maxTextLength; page += 1) {
      const text = normalizeText(await readPage(pdf, page));
      if (text) pages.push(text);
      length += text.length;
    }
    const { text, isCut } = limitText(pages.join("\n\n"));
    return { text, hasText: text !== "", isCut, pageCount: pdf.numPages };
  });
}

async function readPage(pdf: PDFDocumentProxy, pageNumber: number): Promise<string> {
  const page = await pdf.getPage(pageNumber);
  const { items } = await page.getTextContent();
  page.cleanup();
  return joinLines(items.filter((item) => "str" in item));
}

type Run = Pick<TextItem, "str" | "dir" | "transform" | "width" | "height" | "hasEOL">;

/** A gap wider than this share of the letter size is a space. */
const spaceShare = 0.15;

/** pdf.js turns each run into logical order, but the runs of a line come as they were drawn, often from the left. */
export function joinLines(runs: Run[]): string {
  const isRightToLeft = lettersOf(runs, "rtl") > lettersOf(runs, "ltr");
  const lines: Run[][] = [[]];
  for (const run of runs) {
    lines.at(-1)?.push(run);
    if (run.hasEOL) lines.push([]);
  }
  return lines
    .map((line) => (isRightToLeft ? joinFromRight(line) : line.map((run) => run.str).join("")))
    .join("\n");
}

function lettersOf(runs: Run[], direction: string): number {
  return runs.reduce((sum, run) => sum + (run.dir === direction ? run.str.length : 0), 0);
}

/** Orders runs from the right; neighbours that read from the left (a name, an address) keep their own order. */
function joinFromRight(line: Run[]): string {
  const ordered: Run[] = [];
  let island = 0;
  for (const run of line
    .filter((each) => each.str.trim())
    .toSorted((one, other) => rightOf(other) - rightOf(one))) {
    island = run.dir === "rtl" ? 0 : island + 1;
    ordered.splice(ordered.length - Math.max(0, island - 1), 0, run);
  }
  return ordered.map((run, index) => spaceBefore(run, ordered[index - 1]) + run.str.trim()).join("");
}

function spaceBefore(run: Run, previous: Run | undefined): string {
  if (!previous) return "";
  const gap = Math.max(leftOf(previous) - rightOf(run), leftOf(run) - rightOf(previous));
  return gap > spaceShare * run.height ? " " : "";
}

function leftOf(run: Run): number {
  return run.transform[4];
}

function rightOf(run: Run): number {
  return leftOf(run) + run.width;
}
