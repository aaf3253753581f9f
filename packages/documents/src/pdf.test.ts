import { describe, expect, it } from "vitest";
import { inspectPdf, looksLikePdf } from "./pdf";
import { buildPdf } from "./samples/build-pdf";
import { readFixture } from "./samples/fixture";

const accepted = { ok: true, format: "PDF" };
const refused = (refusal: string) => ({ ok: false, refusal });

/** The encryption dictionary of a fixture written by qpdf, with one value replaced. */
function replaced(fixture: string, from: string, to: string): Buffer {
  const text = readFixture(fixture).toString("latin1");
  if (!text.includes(from)) throw new Error(`The fixture has no ${from}`);
  return Buffer.from(text.replaceAll(from, to), "latin1");
}

describe("a PDF's frame", () => {
  it.each([
    ["the plain file", buildPdf()],
    ["a byte-order mark before the header", buildPdf({ before: "\u00ef\u00bb\u00bf" })],
    ["white space before the header", buildPdf({ before: "\r\n \t\0" })],
    ["a mark and white space", buildPdf({ before: "\u00ef\u00bb\u00bf\n" })],
    ["PDF 2.0", buildPdf({ version: "%PDF-2.0" })],
    ["bytes after the end", buildPdf({ end: "%%EOF\n<!-- sent by mail -->" })],
    ["zeros up to a block's size", Buffer.concat([buildPdf(), Buffer.alloc(40_000)])],
    ["a wrong offset, which readers repair", replaceText(buildPdf(), /startxref\n\d+/, "startxref\n99999")],
    ["comments and an empty /Encrypt", buildPdf({ trailerEntries: "% note\n/Encrypt null" })],
  ])("%s is accepted", (_, bytes) => {
    expect(looksLikePdf(bytes)).toBe(true);
    expect(inspectPdf(bytes)).toEqual(accepted);
  });

  it.each([
    ["the mark alone", Buffer.from("%PDF")],
    ["a header alone", Buffer.from("%PDF-1.4\n")],
    ["a header and an end with nothing between", Buffer.from("%PDF-1.4\n%%EOF")],
    ["no end", buildPdf({ end: "" })],
    ["an end far from the end", buildPdf({ end: `%%EOF\n${"x".repeat(4000)}` })],
    ["a trailer without a catalog", replaceText(buildPdf(), /\/Root 1 0 R/, "/Info 1 0 R")],
    ["a trailer that does not parse", replaceText(buildPdf(), /trailer\n<</, "trailer\n<< /A (((")],
    ["a missing encryption dictionary", buildPdf({ trailerEntries: "/Encrypt 9 0 R" })],
  ])("%s is broken", (_, bytes) => {
    expect(looksLikePdf(bytes)).toBe(true);
    expect(inspectPdf(bytes)).toEqual(refused("broken-pdf"));
  });

  it("needs the header first: other text before it is no PDF", () => {
    expect(looksLikePdf(buildPdf({ before: "HTTP/1.1 200 OK\r\n\r\n" }))).toBe(false);
    expect(looksLikePdf(buildPdf({ before: "<html>" }))).toBe(false);
  });

  it("tells a linearized file that was cut after its first page, although it has an end of its own", () => {
    const whole = readFixture("resume-linearized.pdf");
    const firstEnd = whole.indexOf("%%EOF") + 6;
    expect(inspectPdf(whole)).toEqual(accepted);
    expect(firstEnd).toBeLessThan(whole.length / 2);
    expect(inspectPdf(whole.subarray(0, firstEnd))).toEqual(refused("broken-pdf"));
  });
});

describe("a PDF's password", () => {
  it.each(["r2", "r3", "r4", "r5", "r6"])("is needed with a user password, revision %s", (revision) => {
    expect(inspectPdf(readFixture(`encrypted/user-${revision}.pdf`))).toEqual(refused("password-protected"));
  });

  it.each(["r2", "r3", "r4", "r5", "r6"])(
    "is not needed with an owner password only, revision %s",
    (revision) => {
      expect(inspectPdf(readFixture(`encrypted/owner-${revision}.pdf`))).toEqual(accepted);
    },
  );

  it("depends on every input of the key", () => {
    // The file's id and its permissions are part of the key: a changed one means the empty password no longer fits.
    expect(inspectPdf(replaced("encrypted/owner-r3.pdf", "/P -4", "/P -8"))).toEqual(
      refused("password-protected"),
    );
    expect(
      inspectPdf(replaced("encrypted/owner-r4.pdf", "/EncryptMetadata false", "/EncryptMetadata true ")),
    ).toEqual(refused("password-protected"));
  });

  it("is needed for a certificate or an unknown handler", () => {
    const handler = "9 0 obj\n<< /Filter /Adobe.PubSec /V 4 /StmF /Std /StrF /Std >>\nendobj\n";
    expect(inspectPdf(buildPdf({ objects: handler, trailerEntries: "/Encrypt 9 0 R" }))).toEqual(
      refused("password-protected"),
    );
    const future = buildPdf({
      trailerEntries: "/Encrypt << /Filter /Standard /V 6 /R 7 /StmF /A /StrF /A >>",
    });
    expect(inspectPdf(future)).toEqual(refused("password-protected"));
  });

  it("is judged by the encryption dictionary, not by another object of that number", () => {
    const dictionary = "9 0 obj\n<< /Filter /Standard /V 4 /R 4 /EFF /StdCF >>\nendobj\n";
    const attached =
      "8 0 obj\n<< /Length 40 >>\nstream\n9 0 obj << /Type /Font >> endobj\nendstream\nendobj\n";
    const trailerEntries = "/Encrypt 9 0 R";
    expect(inspectPdf(buildPdf({ objects: dictionary + attached, trailerEntries }))).toEqual(accepted);
    expect(inspectPdf(buildPdf({ objects: attached, trailerEntries }))).toEqual(refused("broken-pdf"));
  });

  it("is not needed when only attachments are encrypted", () => {
    const onlyAttachments = "/Encrypt << /Filter /Standard /V 4 /R 4 /EFF /StdCF /O (o) /U (u) /P -4 >>";
    expect(inspectPdf(buildPdf({ trailerEntries: onlyAttachments }))).toEqual(accepted);
  });

  it.each([
    ["from the header", 0],
    ["from the start of the file", 3],
  ])("is judged by the trailer the file points to, its offset counted %s", (_, shift) => {
    const before = "\r\n ";
    const afterTrailer = "% trailer << /Root 1 0 R /Encrypt << /Filter /Other >> >>\n";
    expect(inspectPdf(buildPdf({ before, afterTrailer, shift }))).toEqual(accepted);
    expect(inspectPdf(buildPdf({ before, afterTrailer, shift: 999 }))).toEqual(refused("password-protected"));
  });

  it("is judged by the newest trailer, not by an attached file's", () => {
    const attached = readFixture("encrypted/user-r3.pdf").toString("latin1");
    const objects = `9 0 obj\n<< /Length ${attached.length} >>\nstream\n${attached}\nendstream\nendobj\n`;
    expect(inspectPdf(buildPdf({ objects }))).toEqual(accepted);
  });
});

function replaceText(bytes: Buffer, from: RegExp, to: string): Buffer {
  return Buffer.from(bytes.toString("latin1").replace(from, to), "latin1");
}
