import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type {
  DocumentInput,
  DocumentReader,
  DocumentText,
  Reading,
} from "@intake/core/ports/document-reader";
import { loadImage } from "@napi-rs/canvas";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { formatOfName } from "../inspect";
import { buildDocx } from "../samples/build-docx";
import { buildPdf } from "../samples/build-pdf";
import { buildWord95 } from "../samples/build-word95";
import { readFixture } from "../samples/fixture";
import { createDocumentReader } from "./document-reader";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const options = { size: 1, timeoutSeconds: 20, memoryMegabytes: 512, idleSeconds: 60, maxWaiting: 50 };
const reader: DocumentReader = createDocumentReader(options);
afterAll(() => reader.close());

function fixture(name: string): DocumentInput {
  const format = formatOfName(name);
  if (!format) throw new Error(`No format: ${name}`);
  return { bytes: readFixture(name), format };
}

async function readText(input: DocumentInput, from = reader): Promise<Reading<DocumentText>> {
  const examined = await from.examine(input);
  return examined.ok ? examined.content.text : examined;
}

async function textOf(input: DocumentInput): Promise<string> {
  const reading = await readText(input);
  return reading.ok ? reading.content.text : reading.failure;
}

async function htmlOf(input: DocumentInput): Promise<string> {
  const reading = await reader.openView(input);
  return reading.ok && reading.content.kind === "html" ? reading.content.html : "";
}

describe("text", () => {
  it.each([
    ["resume.pdf", "Márta Okonkwo-Lindqvist", "Nordström Advokatbyrå, Malmö"],
    ["resume-chromium.pdf", "Márta Okonkwo-Lindqvist", "Nordström Advokatbyrå, Malmö"],
    ["password-owner.pdf", "Márta Okonkwo-Lindqvist", "References on request."],
    ["resume.docx", "Hartwell & Osei LLP, Columbus", "Notary public, Ohio"],
    ["resume.doc", "Hartwell & Osei LLP, Columbus", "Notary public, Ohio"],
    ["reading/arabic.pdf", "ليلى حداد", "مساعدة قانونية في شؤون الهجرة منذ 9 سنوات."],
    ["reading/arabic.docx", "ليلى حداد", "مساعدة قانونية في شؤون الهجرة منذ 9 سنوات."],
    ["reading/hebrew.pdf", "עוזרת משפטית עם 9 שנות ניסיון בהגירה.", "דואר: noa.berkovitz@example.com"],
    ["reading/hebrew.doc", "עוזרת משפטית עם 9 שנות ניסיון בהגירה.", "דואר: noa.berkovitz@example.com"],
    ["reading/japanese.pdf", "佐藤 由美子", "移民法のパラリーガルとして九年間勤務しました。"],
    ["reading/japanese.docx", "佐藤 由美子", "移民法のパラリーガルとして九年間勤務しました。"],
    ["reading/chinese.pdf", "个人简历", "九年移民法律助理工作经验。"],
    ["reading/chinese.doc", "个人简历", "九年移民法律助理工作经验。"],
    ["reading/ligatures.pdf", "Filed official affidavits, first in the office;", "José Müller"],
    ["reading/ligatures.docx", "office filing, affluent", "José Müller"],
    ["reading/fonts-not-embedded.pdf", "Clara Voss, notary in Ohio", "Fonts are named, not enclosed."],
    ["reading/two-hundred-pages.pdf", "Page 1 of 200", "Page 200 of 200"],
  ])("of %s is what its reader sees", async (name, ...words) => {
    const text = await textOf(fixture(name));
    for (const word of words) expect(text).toContain(word);
    expect(text).toBe(text.normalize("NFC"));
  });

  it("of a scan is empty, and that is said", async () => {
    expect(await readText(fixture("reading/scan.pdf"))).toEqual({
      ok: true,
      content: { text: "", hasText: false, isCut: false, pageCount: 1 },
    });
  });

  it("of a PDF that only names a Japanese font is found through the local character maps", async () => {
    const objects =
      "4 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /KozMinPro-Regular /Encoding /90ms-RKSJ-H /DescendantFonts [5 0 R] >>\nendobj\n" +
      "5 0 obj\n<< /Type /Font /Subtype /CIDFontType0 /BaseFont /KozMinPro-Regular /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>\nendobj\n" +
      "6 0 obj\n<< /Length 50 >>\nstream\nBT /F1 24 Tf 72 700 Td <979A97F08F91> Tj ET\nendstream\nendobj\n" +
      "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> >> /Contents 6 0 R >>\nendobj\n";
    expect(await textOf({ bytes: buildPdf({ objects }), format: "PDF" })).toBe("履歴書");
  });

  it("of a Word 95 file is its one piece, field codes hidden", async () => {
    const bytes = buildWord95("Resume of Zoë Müller\rSee \x13 HYPERLINK x \x14my page\x15.\r");
    expect(await textOf({ bytes, format: "DOC" })).toBe("Resume of Zoë Müller\nSee my page.");
  });

  it("survives a cross-reference table that points nowhere", async () => {
    const bytes = Buffer.from(
      readFixture("resume.pdf")
        .toString("latin1")
        .replace(/startxref\s+\d+/, "startxref\n7"),
      "latin1",
    );
    expect(await textOf({ bytes, format: "PDF" })).toContain("Márta Okonkwo-Lindqvist");
  });

  it.each([
    ["password-user.pdf", "password"],
    ["encrypted/user-r2.pdf", "password"],
    ["encrypted/user-r4.pdf", "password"],
    ["password.docx", "password"],
    ["password.doc", "password"],
  ] as const)("of %s is withheld: %s", async (name, failure) => {
    expect(await readText(fixture(name))).toEqual({ ok: false, failure });
    expect(await reader.openView(fixture(name))).toEqual({ ok: false, failure });
  });

  it.each(["PDF", "DOCX", "DOC"] as const)("of noise called %s is broken", async (format) => {
    expect(await readText({ bytes: Buffer.alloc(4096, "noise"), format })).toEqual({
      ok: false,
      failure: "broken",
    });
  });

  it("of an empty DOCX is a state of its own, an archive beyond the limits another", async () => {
    expect(await readText({ bytes: buildDocx(), format: "DOCX" })).toEqual({
      ok: false,
      failure: "empty",
    });
    const bytes = buildDocx({ extra: [{ name: "word/bomb.xml", content: Buffer.alloc(30_000_000) }] });
    expect(await readText({ bytes, format: "DOCX" })).toEqual({ ok: false, failure: "too-large" });
  });
});

describe("the view", () => {
  it("of a PDF is its pages, each a picture of the asked width with its words in place", async () => {
    const input = fixture("reading/five-pages.pdf");
    const pages = Array(5).fill({ width: 612, height: 792 });
    expect(await reader.openView(input)).toEqual({
      ok: true,
      content: { kind: "pages", pageCount: 5, pages },
    });
    const reading = await reader.renderPage({ ...input, page: 3, width: 800 });
    if (!reading.ok) throw new Error(reading.failure);
    const { bytes, width, height, text, mediaType } = reading.content;
    const picture = await loadImage(Buffer.from(bytes));
    expect([mediaType, width, height]).toEqual(["image/webp", 800, 1035]);
    expect([picture.width, picture.height]).toEqual([800, 1035]);
    const title = text.find((run) => run.text === "Page 3 of 5");
    expect(title).toMatchObject({ rotation: 0, direction: "ltr" });
    expect(title?.left).toBeCloseTo(0.06, 1);
    expect(title?.top).toBeGreaterThan(0.02);
    expect(title?.top).toBeLessThan(0.1);
    expect(title?.width).toBeGreaterThan(0.15);
    expect(title?.width).toBeLessThan(0.4);
  });

  it("keeps pictures within bounds whatever is asked, and has no page that is not there", async () => {
    const input = fixture("reading/five-pages.pdf");
    expect(await reader.renderPage({ ...input, page: 1, width: 1_000_000 })).toMatchObject({
      ok: true,
      content: { width: 2400 },
    });
    expect(await reader.renderPage({ ...input, page: 1, width: 0 })).toMatchObject({
      ok: true,
      content: { width: 32 },
    });
    for (const page of [0, 6, 1.5, Number.NaN]) {
      expect(await reader.renderPage({ ...input, page, width: 100 })).toEqual({
        ok: false,
        failure: "empty",
      });
    }
    expect(await reader.renderPage({ ...fixture("resume.docx"), page: 1, width: 100 })).toEqual({
      ok: false,
      failure: "empty",
    });
  });

  it("of a DOCX is inert HTML: links told, pictures from outside left out", async () => {
    const w =
      'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
    const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const picture =
      '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="rId2"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>';
    const bytes = buildDocx({
      document: `<w:document ${w}><w:body><w:p><w:hyperlink r:id="rId1"><w:r><w:t>my page</w:t></w:r></w:hyperlink><w:r><w:t> &lt;script&gt;</w:t></w:r>${picture}</w:p></w:body></w:document>`,
      extra: [
        {
          name: "word/_rels/document.xml.rels",
          content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${types}/hyperlink" Target="https://a.example/" TargetMode="External"/><Relationship Id="rId2" Type="${types}/image" Target="http://192.0.2.1/track.png" TargetMode="External"/></Relationships>`,
        },
      ],
    });
    expect(await htmlOf({ bytes, format: "DOCX" })).toBe(
      '<p dir="auto"><span title="https://a.example/">my page</span> &lt;script&gt;</p>',
    );
  });

  it("of a DOC is plain paragraphs", async () => {
    expect(await htmlOf(fixture("reading/hebrew.doc"))).toContain('<p dir="auto">נועה ברקוביץ</p>');
    const bytes = buildWord95("<img src=x onerror=alert(1)>\r");
    expect(await htmlOf({ bytes, format: "DOC" })).toBe(
      '<p dir="auto">&lt;img src=x onerror=alert(1)&gt;</p>',
    );
  });
});

describe("the reader as production bundles it", () => {
  let bundle = "";

  beforeAll(async () => {
    const packageFolder = fileURLToPath(new URL("../..", import.meta.url));
    // Inside the package, so that the bundle finds the package's own dependencies.
    bundle = await mkdtemp(join(packageFolder, "node_modules", "intake-reader-"));
    const external = ["@napi-rs/canvas", "pdfjs-dist"];
    await build({
      configFile: false,
      root: packageFolder,
      logLevel: "silent",
      ssr: { noExternal: true, external },
      build: {
        ssr: true,
        outDir: bundle,
        rollupOptions: {
          input: { main: "src/reading/document-reader.ts", "reader-worker": "src/reading/reader-worker.ts" },
          external: external.map((name) => new RegExp(`^${name}(/|$)`)),
        },
      },
    });
  });

  afterAll(() => rm(bundle, { recursive: true }));

  it("reads and shows every format under the same permissions", async () => {
    const built: typeof import("./document-reader") = await import(
      pathToFileURL(join(bundle, "main.js")).href
    );
    const bundled = built.createDocumentReader(options);
    try {
      for (const name of ["resume.pdf", "resume.docx", "resume.doc", "reading/japanese.pdf"]) {
        expect(await bundled.examine(fixture(name)), name).toEqual(await reader.examine(fixture(name)));
        expect(await bundled.openView(fixture(name)), name).toEqual(await reader.openView(fixture(name)));
      }
      const page = { ...fixture("reading/fonts-not-embedded.pdf"), page: 1, width: 300 };
      expect(await bundled.renderPage(page)).toEqual(await reader.renderPage(page));
      expect(await bundled.examine(fixture("macros.docx"))).toMatchObject({
        ok: true,
        content: { active: [{ code: "macros" }] },
      });
    } finally {
      await bundled.close();
    }
  });
});
