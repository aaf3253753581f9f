import { describe, expect, it } from "vitest";
import { inspectBytes } from "./inspect";
import { buildDocx } from "./samples/build-docx";
import { buildPdf } from "./samples/build-pdf";
import { buildZip } from "./samples/build-zip";
import { readFixture } from "./samples/fixture";

const accepted = (format: string) => ({ ok: true, format });
const refused = (refusal: string) => ({ ok: false, refusal });

const html = Buffer.from("<!DOCTYPE html><html><body><script>alert(1)</script></body></html>");
const windowsProgram = Buffer.concat([Buffer.from("MZ\x90\x00\x03\x00", "latin1"), Buffer.alloc(400)]);
const rtf = Buffer.from("{\\rtf1\\ansi Resume of Ana}");

describe("a file and its name", () => {
  it.each<[string, Uint8Array, object]>([
    ["resume.pdf", readFixture("resume.pdf"), accepted("PDF")],
    ["resume-200kb.pdf", readFixture("resume-200kb.pdf"), accepted("PDF")],
    ["resume-chromium.pdf", readFixture("resume-chromium.pdf"), accepted("PDF")],
    ["resume-linearized.pdf", readFixture("resume-linearized.pdf"), accepted("PDF")],
    ["resume.docx", readFixture("resume.docx"), accepted("DOCX")],
    ["resume.doc", readFixture("resume.doc"), accepted("DOC")],
    ["CV.PDF", readFixture("resume.pdf"), accepted("PDF")],
    ["Cv.DocX", readFixture("resume.docx"), accepted("DOCX")],
    ["Résumé – O'Brien (最終版) 😀.docx", readFixture("resume.docx"), accepted("DOCX")],
    ["../../etc/passwd.pdf", readFixture("resume.pdf"), accepted("PDF")],
    [`${"n".repeat(300)}.pdf`, readFixture("resume.pdf"), accepted("PDF")],
    ["cv.pdf.exe", readFixture("resume.pdf"), refused("wrong-extension")],
    ["cv.exe.pdf", readFixture("resume.pdf"), accepted("PDF")],
    ["resume", readFixture("resume.pdf"), refused("wrong-extension")],
    ["resume.pdf.", readFixture("resume.pdf"), refused("wrong-extension")],
    ["pdf", readFixture("resume.pdf"), refused("wrong-extension")],
    ["photo.jpg", readFixture("resume.pdf"), refused("wrong-extension")],
    ["resume.docm", readFixture("macros.docx"), refused("wrong-extension")],
    ["empty.pdf", new Uint8Array(), refused("empty")],
    ["empty.txt", new Uint8Array(), refused("empty")],
    ["resume.docx", readFixture("resume.pdf"), refused("name-and-content-differ")],
    ["resume.doc", readFixture("resume.docx"), refused("name-and-content-differ")],
    ["resume.docx", readFixture("resume.doc"), refused("name-and-content-differ")],
    ["resume.pdf", readFixture("resume.docx"), refused("name-and-content-differ")],
    ["resume.docx", Buffer.from("%PDF-1.7 cut"), refused("name-and-content-differ")],
    ["resume.pdf", html, refused("not-a-document")],
    ["resume.doc", html, refused("not-a-document")],
    ["resume.doc", rtf, refused("not-a-document")],
    ["resume.pdf", windowsProgram, refused("not-a-document")],
    ["resume.docx", windowsProgram, refused("not-a-document")],
    ["resume.pdf", Buffer.from("Ana"), refused("not-a-document")],
    ["resume.pdf", Buffer.from([0]), refused("not-a-document")],
    ["resume.docx", buildZip([{ name: "notes.txt", content: "hello" }]), refused("not-a-document")],
    ["resume.docx", buildZip([]), refused("not-a-document")],
    ["resume.pdf", readFixture("resume.docx").subarray(0, 3000), refused("not-a-document")],
    ["resume.pdf", readFixture("resume.doc").subarray(0, 400), refused("not-a-document")],
    ["resume.pdf", Buffer.from("%PDF"), refused("broken-pdf")],
    ["resume.pdf", readFixture("resume.pdf").subarray(0, 20_000), refused("broken-pdf")],
    ["resume.docx", readFixture("resume.docx").subarray(0, 3000), refused("broken-docx")],
    ["resume.docx", Buffer.from("PK\x03\x04", "latin1"), refused("broken-docx")],
    ["resume.doc", readFixture("resume.doc").subarray(0, 400), refused("broken-doc")],
    ["password-user.pdf", readFixture("password-user.pdf"), refused("password-protected")],
    ["password-owner.pdf", readFixture("password-owner.pdf"), accepted("PDF")],
    ["password.docx", readFixture("password.docx"), refused("password-protected")],
    ["password.doc", readFixture("password.doc"), refused("password-protected")],
    ["macros.docx", readFixture("macros.docx"), refused("macros")],
  ])("%s is judged by its structure (case %#)", async (fileName, bytes, verdict) => {
    expect(await inspectBytes(bytes, fileName)).toEqual(verdict);
  });

  it("reads a view into a larger buffer without looking past its ends", async () => {
    const pdf = buildPdf();
    const shared = Buffer.concat([Buffer.from("noise"), pdf, buildDocx()]);
    expect(await inspectBytes(shared.subarray(5, 5 + pdf.length), "a.pdf")).toEqual(accepted("PDF"));
    expect(await inspectBytes(shared.subarray(5 + pdf.length), "a.docx")).toEqual(accepted("DOCX"));
  });
});
