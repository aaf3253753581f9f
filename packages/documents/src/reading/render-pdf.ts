import type { DocumentView, PageImage, PageTextRun } from "@intake/core/ports/document-reader";
import { createCanvas } from "@napi-rs/canvas";
import { type PageViewport, type PDFPageProxy, Util } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { RenderParameters, TextContent, TextItem, TextStyle } from "pdfjs-dist/types/src/display/api";
import { withPdf } from "./pdf-document";
import { UnreadableError } from "./reading";

const widthLimits = { least: 32, most: 2400 } as const;
/** 8 megapixels are 32 MB as a canvas. */
const maxPixels = 8_000_000;
const webpQuality = 85;
const maxListedPages = 500;
const maxRuns = 5_000;
/** Where a font does not say how far its letters rise above the line, as a share of its size. */
const usualAscent = 0.8;
/** The generic families that pdf.js falls back to. */
const runFonts: readonly PageTextRun["font"][] = ["serif", "sans-serif", "monospace"];

/** How many pages there are and the size of the first 500. Throws `UnreadableError`. */
export async function openPages(bytes: Uint8Array): Promise<DocumentView> {
  return withPdf(bytes, async (pdf) => {
    const pages = [];
    for (let number = 1; number <= Math.min(pdf.numPages, maxListedPages); number += 1) {
      const page = await pdf.getPage(number);
      const { width, height } = page.getViewport({ scale: 1 });
      pages.push({ width, height });
      page.cleanup();
    }
    return { kind: "pages", pageCount: pdf.numPages, pages };
  });
}

/** One page as a picture with its text over it. Throws `UnreadableError`; `empty` when there is no such page. */
export async function renderPage(
  bytes: Uint8Array,
  wanted: { page: number; width: number },
): Promise<PageImage> {
  return withPdf(bytes, async (pdf) => {
    const isThere = Number.isInteger(wanted.page) && wanted.page >= 1 && wanted.page <= pdf.numPages;
    if (!isThere) throw new UnreadableError("empty");
    const page = await pdf.getPage(wanted.page);
    const viewport = boundedViewport(page, wanted.width);
    const canvas = createCanvas(
      Math.max(1, Math.round(viewport.width)),
      Math.max(1, Math.round(viewport.height)),
    );
    await page.render({
      // The canvas of @napi-rs/canvas is what pdf.js itself makes in Node; its types know the browser's only.
      canvas: canvas as unknown as RenderParameters["canvas"],
      viewport,
      background: "#ffffff",
    }).promise;
    return {
      mediaType: "image/webp",
      bytes: await canvas.encode("webp", webpQuality),
      width: canvas.width,
      height: canvas.height,
      text: placeRuns(await page.getTextContent(), viewport),
    };
  });
}

function boundedViewport(page: PDFPageProxy, wantedWidth: number): PageViewport {
  const natural = page.getViewport({ scale: 1 });
  const width = Math.min(widthLimits.most, Math.max(widthLimits.least, wantedWidth));
  const scale = Math.min(
    width / natural.width,
    Math.sqrt(maxPixels / (natural.width * natural.height)),
    // A strip of a page must not become a canvas longer than any screen can show.
    (widthLimits.most * 4) / natural.height,
  );
  return page.getViewport({ scale });
}

/** The placement of pdf.js's own text layer (`web/text_layer_builder`), in fractions of the page. */
function placeRuns(content: TextContent, viewport: PageViewport): PageTextRun[] {
  const runs: PageTextRun[] = [];
  for (const item of content.items) {
    if (!("str" in item) || item.str.trim() === "") continue;
    if (runs.length === maxRuns) break;
    runs.push(placeRun(item, viewport, content.styles[item.fontName]));
  }
  return runs;
}

function placeRun(item: TextItem, viewport: PageViewport, style: TextStyle | undefined): PageTextRun {
  const ascent = style?.ascent || usualAscent;
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = Util.transform(viewport.transform, item.transform);
  const angle = Math.atan2(b, a);
  const size = Math.hypot(c, d);
  return {
    text: item.str,
    left: (x + ascent * size * Math.sin(angle)) / viewport.width,
    top: (y - ascent * size * Math.cos(angle)) / viewport.height,
    width: (item.width * viewport.scale) / viewport.width,
    height: size / viewport.height,
    rotation: Math.round((angle * 180) / Math.PI),
    direction: item.dir === "rtl" ? "rtl" : "ltr",
    font: runFonts.find((font) => font === style?.fontFamily) ?? "sans-serif",
  };
}
