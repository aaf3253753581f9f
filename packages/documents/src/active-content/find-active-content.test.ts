import { deflateSync } from "node:zlib";
import type { ResumeFormat } from "@intake/core/resumes/schema";
import { describe, expect, it } from "vitest";
import { formatOfName } from "../inspect";
import { buildCompoundFile } from "../samples/build-compound-file";
import { buildDocx, type DocxSample } from "../samples/build-docx";
import { buildPdf } from "../samples/build-pdf";
import { readFixture } from "../samples/fixture";
import { findActiveContent } from "./find-active-content";

async function codesIn(bytes: Uint8Array, format: ResumeFormat): Promise<string[]> {
  return (await findActiveContent(bytes, format)).map((found) => `${found.severity} ${found.code}`);
}

const harmless = [
  "resume.pdf",
  "resume.docx",
  "resume.doc",
  "resume-200kb.pdf",
  "resume-chromium.pdf",
  "resume-linearized.pdf",
  "reading/arabic.docx",
  "reading/chinese.doc",
  "reading/hebrew.pdf",
  "reading/japanese.pdf",
  "reading/scan.pdf",
  "reading/two-hundred-pages.pdf",
];

it.each(harmless)("finds nothing in %s", async (name) => {
  expect(await codesIn(readFixture(name), formatOfName(name) ?? "PDF")).toEqual([]);
});

it("says each reason once, what is blocked first", async () => {
  const objects =
    "4 0 obj << /XFA 5 0 R >> endobj 6 0 obj << /S /JavaScript /JS (a) >> endobj 7 0 obj << /JS 6 0 R >> endobj";
  expect(await findActiveContent(buildPdf({ objects }), "PDF")).toEqual([
    {
      code: "pdf-javascript",
      severity: "blocked",
      sentence: "The PDF contains JavaScript, which runs when the file is opened.",
    },
    { code: "pdf-xfa", severity: "noted", sentence: "The PDF holds an XFA form, which few readers show." },
  ]);
});

/** An object stream as a writer packs it; `head` and `pack` replace its dictionary and its compression. */
function objectStream(objects: string, { head = "/Filter /FlateDecode", pack = deflateSync } = {}): string {
  const packed = pack(Buffer.from(objects, "latin1")).toString("latin1");
  return `9 0 obj\n<< /Type /ObjStm /N 1 /First 4 ${head} /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj\n`;
}

function stream(dictionary: string, content: Buffer): string {
  const packed = deflateSync(content).toString("latin1");
  return `9 0 obj\n<< ${dictionary} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj\n`;
}

const script = "4 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>";

describe("in a PDF", () => {
  it.each([
    ["JavaScript", "4 0 obj << /S /JavaScript /JS 5 0 R >> endobj", "blocked pdf-javascript"],
    [
      "JavaScript by its key alone",
      "4 0 obj << /S 6 0 R /JS(app.alert\\(1\\)) >> endobj",
      "blocked pdf-javascript",
    ],
    ["JavaScript in escaped letters", "4 0 obj << /#53 /J#61vaScript >> endobj", "blocked pdf-javascript"],
    ["JavaScript after a comment", "4 0 obj << /S %here\n/JavaScript >> endobj", "blocked pdf-javascript"],
    [
      "scripts of the whole document",
      "4 0 obj << /Names << /JavaScript 5 0 R >> >> endobj",
      "blocked pdf-javascript",
    ],
    ["JavaScript in an object stream", objectStream(script), "blocked pdf-javascript"],
    [
      "JavaScript in a stream of a hidden type",
      objectStream(script).replace("/ObjStm", "8 0 R"),
      "blocked pdf-javascript",
    ],
    [
      "JavaScript in an object stream left unpacked",
      objectStream(script, { head: "", pack: (bytes) => bytes as never }),
      "blocked pdf-javascript",
    ],
    [
      "an object stream in an odd packing",
      objectStream(script, { head: "/Filter [/ASCIIHexDecode /FlateDecode]" }),
      "blocked pdf-hidden-objects",
    ],
    [
      "an object stream that does not unpack",
      objectStream(script, { pack: () => Buffer.from("no") }),
      "blocked pdf-hidden-objects",
    ],
    [
      "an object stream that unpacks to too much",
      objectStream(" ".repeat(9_000_000)),
      "blocked pdf-hidden-objects",
    ],
    ["a start of a program", "4 0 obj << /S /Launch /F (cmd.exe) >> endobj", "blocked pdf-launch"],
    [
      "a form that sends",
      "4 0 obj << /S/SubmitForm /F (http://e.example) >> endobj",
      "noted pdf-form-action",
    ],
    ["media", "4 0 obj << /Type /Annot /Subtype /RichMedia >> endobj", "noted pdf-media"],
    [
      "an address opened by itself",
      "4 0 obj << /OpenAction << /S /URI /URI (http://e.example) >> >> endobj",
      "noted pdf-open-action",
    ],
  ])("finds %s", async (_, objects, code) => {
    expect(await codesIn(buildPdf({ objects }), "PDF")).toEqual([code]);
  });

  it("tells an attached program from an attached file, by its name or by its content", async () => {
    const attach = (name: string, content: string) =>
      buildPdf({
        objects:
          `4 0 obj << /Type /Filespec /F ${name} /EF << /F 9 0 R >> >> endobj\n` +
          stream("/Type /EmbeddedFile", Buffer.from(content)),
      });
    expect(await codesIn(attach("(references.pdf)", "%PDF-1.4"), "PDF")).toEqual(["noted attachment"]);
    expect(await codesIn(attach("(cv.pdf.exe)", "text"), "PDF")).toContain("blocked embedded-program");
    expect(await codesIn(attach("<00630076002E006C006E006B>", "text"), "PDF")).toContain(
      "blocked embedded-program",
    );
    expect(await codesIn(attach("(notes.txt)", "MZ\x90"), "PDF")).toContain("blocked embedded-program");
  });

  it.each([
    ["a skill", "4 0 obj << /Title (HTML/JavaScript, C++/JS and /Launch pads) >> endobj"],
    ["a link", "4 0 obj << /Subtype /Link /A << /S /URI /URI (https://a.example) >> >> endobj"],
    ["a page to begin with", "4 0 obj << /OpenAction [3 0 R /Fit] >> endobj"],
  ])("does not mistake %s for something active", async (_, objects) => {
    expect(await codesIn(buildPdf({ objects }), "PDF")).toEqual([]);
  });

  it("says that an encrypted one could not be looked through", async () => {
    expect(await codesIn(readFixture("encrypted/owner-r6.pdf"), "PDF")).toEqual(["noted pdf-encrypted"]);
  });
});

const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

function withRelationship(type: string, target: string): DocxSample {
  return {
    extra: [
      {
        name: "word/_rels/settings.xml.rels",
        content: `<Relationships><Relationship Id="r" Type="${types}/${type}" Target="${target}" TargetMode="External"/></Relationships>`,
      },
    ],
  };
}

/** A packaged file as Word stores it: names first, then bytes. */
function packagedFile(name: string): Buffer {
  const content = Buffer.alloc(4096);
  content.write(`\x02\0${name}\0C:\\temp\\${name}\0`, 4, "latin1");
  return buildCompoundFile([{ name: "\u0001Ole10Native", content }]).bytes;
}

const field = (instructions: string[]) =>
  `<w:document><w:body><w:p>${instructions.map((part) => `<w:r><w:instrText xml:space="preserve">${part}</w:instrText></w:r>`).join("")}</w:p></w:body></w:document>`;

describe("in a DOCX", () => {
  it.each<[string, DocxSample, string[]]>([
    [
      "a template elsewhere",
      withRelationship("attachedTemplate", "https://e.example/t.dotm"),
      ["blocked remote-template"],
    ],
    [
      "a template on another computer",
      withRelationship("attachedTemplate", "file://server/t.dotm"),
      ["blocked remote-template"],
    ],
    [
      "a template by its network name",
      withRelationship("attachedTemplate", "\\\\server\\t.dotm"),
      ["blocked remote-template"],
    ],
    ["the sender's own template", withRelationship("attachedTemplate", "file:///C:/Users/x/Normal.dotm"), []],
    [
      "an object elsewhere",
      withRelationship("oleObject", "http://e.example/o.hta"),
      ["blocked remote-object"],
    ],
    ["a picture elsewhere", withRelationship("image", "http://e.example/p.png"), ["noted remote-picture"]],
    ["a link", withRelationship("hyperlink", "https://a.example"), []],
    ["a macro project", { extra: [{ name: "word/vbaProject.bin", content: "x" }] }, ["blocked macros"]],
    ["ActiveX", { extra: [{ name: "word/activeX/activeX1.bin", content: "x" }] }, ["blocked activex"]],
    ["DDE in pieces", { document: field([" DD", "EAUTO c:\\\\cmd.exe"]) }, ["blocked dde"]],
    [
      "DDE as a simple field",
      { document: '<w:document><w:fldSimple w:instr=" DDE excel x"/></w:document>' },
      ["blocked dde"],
    ],
    ["an ordinary field", { document: field([" HYPERLINK https://added.example "]) }, []],
    [
      "a program as a part",
      { extra: [{ name: "word/media/image1.png", content: "MZ\x90\0" }] },
      ["blocked embedded-program"],
    ],
    [
      "a packaged program",
      { extra: [{ name: "word/embeddings/oleObject1.bin", content: packagedFile("cv.js") }] },
      ["blocked embedded-program"],
    ],
    [
      "a packaged picture",
      { extra: [{ name: "word/embeddings/oleObject1.bin", content: packagedFile("me.png") }] },
      ["noted attachment"],
    ],
    [
      "a table from Excel",
      { extra: [{ name: "word/embeddings/sheet1.xlsx", content: "PK" }] },
      ["noted attachment"],
    ],
    [
      "a table with macros",
      { extra: [{ name: "word/embeddings/sheet1.xlsm", content: "PK" }] },
      ["blocked embedded-program"],
    ],
  ])("judges %s", async (_, sample, codes) => {
    expect(await codesIn(buildDocx(sample), "DOCX")).toEqual(codes);
  });

  it("finds the macros of a real file", async () => {
    expect(await codesIn(readFixture("macros.docx"), "DOCX")).toEqual(["blocked macros"]);
  });

  it("blocks what it cannot unpack", async () => {
    const bytes = buildDocx({ extra: [{ name: "word/bomb.xml", content: Buffer.alloc(30_000_000) }] });
    expect(await codesIn(bytes, "DOCX")).toEqual(["blocked unreadable"]);
  });
});

describe("in a DOC", () => {
  const body = (text = "", encoding: BufferEncoding = "latin1") => {
    const content = Buffer.alloc(4096);
    content.write(text, 1024, encoding);
    return { name: "WordDocument", content };
  };
  const judge = (...entries: Parameters<typeof buildCompoundFile>[0]) =>
    codesIn(buildCompoundFile(entries).bytes, "DOC");

  it("finds macros at any depth", async () => {
    const project = { name: "VBA", children: [{ name: "dir", content: Buffer.alloc(4096) }] };
    expect(await judge(body(), { name: "Macros", children: [project] })).toEqual(["blocked macros"]);
    expect(
      await judge(body(), { name: "ObjectPool", children: [{ name: "_1", children: [project] }] }),
    ).toEqual(["blocked macros"]);
  });

  it("finds packaged files", async () => {
    const pool = (name: string) => {
      const content = Buffer.alloc(4096);
      content.write(`\x02\0${name}\0`, 4, "latin1");
      return {
        name: "ObjectPool",
        children: [{ name: "_1", children: [{ name: "\u0001Ole10Native", content }] }],
      };
    };
    expect(await judge(body(), pool("cv.scr"))).toEqual(["blocked embedded-program"]);
    expect(await judge(body(), pool("cv.pdf"))).toEqual(["noted attachment"]);
  });

  it("finds fields that start programs, in both encodings, and no others", async () => {
    expect(await judge(body("\x13 DDEAUTO c:\\cmd.exe \x15"))).toEqual(["blocked dde"]);
    expect(await judge(body("\x13DDE excel \x15", "utf16le"))).toEqual(["blocked dde"]);
    expect(await judge(body("\x13 HYPERLINK x \x15 DDE was my trade"))).toEqual([]);
  });

  it("blocks what does not open", async () => {
    expect(await codesIn(Buffer.alloc(4096, "noise"), "DOC")).toEqual(["blocked unreadable"]);
  });
});
