import { deflateRawSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { inspectDocx, looksLikeZip } from "./docx";
import { buildDocx, type DocxSample, docxEntries, wordMainType } from "./samples/build-docx";
import { buildZip, type ZipEntrySample } from "./samples/build-zip";
import { readFixture } from "./samples/fixture";

// Machines that run everything at once are slow; what must be fast is held elsewhere.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const accepted = { ok: true, format: "DOCX" };
const refused = (refusal: string) => ({ ok: false, refusal });
const megabyte = 1024 * 1024;

const withEntry = (entry: ZipEntrySample) => buildDocx({ extra: [entry] });

describe("a package's description", () => {
  const relationship = (type: string, target: string) =>
    `<Relationships><Relationship Id="r" Type='${type}' Target = "${target}"/></Relationships>`;
  const strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument";

  it.each<[string, DocxSample]>([
    ["as LibreOffice names the main part", {}],
    ["as Word Online names it", { mainPart: "word/document2.xml" }],
    ["strict, with an absolute target", { relationships: relationship(strict, "/word/document.xml") }],
    ["with dot segments", { relationships: relationship(strict, "./word/document.xml") }],
    [
      "with prefixed elements, entities and comments",
      {
        contentTypes: `<ct:Types><ct:Override ContentType="${wordMainType}" PartName="/word/document&#46;xml"/><!-- <Override PartName="/word/document.xml" ContentType="x"/> --></ct:Types>`,
      },
    ],
    [
      "by a default for the extension",
      { contentTypes: `<Types><Default Extension="XML" ContentType="${wordMainType}"/></Types>` },
    ],
    [
      "in UTF-16",
      {
        contentTypes: Buffer.from(
          `\ufeff<Types><Override PartName="/word/document.xml" ContentType="${wordMainType}"/></Types>`,
          "utf16le",
        ),
      },
    ],
  ])("%s is accepted", async (_, sample) => {
    expect(await inspectDocx(buildDocx(sample))).toEqual(accepted);
  });

  const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
  it.each<[string, DocxSample, string]>([
    ["a spreadsheet", { mainPart: "xl/workbook.xml", mainType: spreadsheet }, "not-a-document"],
    ["a template", { mainType: wordMainType.replace("document.main", "template.main") }, "not-a-document"],
    ["no main part named", { relationships: "<Relationships/>" }, "not-a-document"],
    ["a main part of no type", { contentTypes: "<Types/>" }, "not-a-document"],
    ["an empty main part", { document: "" }, "broken-docx"],
    ["macros by main type", { mainType: "application/vnd.ms-word.document.macroEnabled.main+xml" }, "macros"],
    ["a macro project", { extra: [{ name: "word/vbaProject.bin", content: "code" }] }, "macros"],
    [
      "a macro project elsewhere, in capitals",
      { extra: [{ name: "x/VBAPROJECT.BIN", content: "code" }] },
      "macros",
    ],
    ["a DTD in the main part", { document: '<!DOCTYPE a [<!ENTITY b "c">]><w:document/>' }, "broken-docx"],
    ["a DTD in the content types", { contentTypes: "<!DOCTYPE Types><Types/>" }, "broken-docx"],
    [
      "a DTD in UTF-16",
      { extra: [{ name: "word/a.xml", content: Buffer.from("<!DOCTYPE a>", "utf16le").swap16() }] },
      "broken-docx",
    ],
    [
      "a description of 2 MB",
      { contentTypes: Buffer.alloc(2 * megabyte, "<Types/> some noise ") },
      "archive-limits",
    ],
  ])("%s is refused", async (_, sample, refusal) => {
    expect(await inspectDocx(buildDocx(sample))).toEqual(refused(refusal));
  });

  it("tells a macro project with any name by its content type", async () => {
    const contentTypes = `<Types><Override PartName="/word/document.xml" ContentType="${wordMainType}"/><Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`;
    expect(await inspectDocx(buildDocx({ contentTypes }))).toEqual(refused("macros"));
  });

  it("refuses a package whose main part is missing", async () => {
    const [contentTypes, relationships] = docxEntries();
    const entries = [contentTypes, relationships].filter((entry) => entry !== undefined);
    expect(await inspectDocx(buildZip(entries))).toEqual(refused("broken-docx"));
  });
});

describe("an archive's limits", () => {
  const files = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `word/${index}.xml` }));
  // Its period is longer than deflate looks back: about 55:1, below the ratio limit, so only the totals can refuse it.
  const pattern = Buffer.concat([
    Buffer.from(crypto.getRandomValues(new Uint8Array(800))),
    Buffer.alloc(48_000),
  ]);
  const large = Buffer.alloc(18 * megabyte, pattern);
  const largePacked = deflateRawSync(large, { level: 1 });

  it("1,000 entries are accepted, one more is not", async () => {
    expect(await inspectDocx(buildDocx({ extra: files(997) }))).toEqual(accepted);
    expect(await inspectDocx(buildDocx({ extra: files(998) }))).toEqual(refused("archive-limits"));
  });

  it("36 MB in all are accepted, 54 MB are not", async () => {
    expect(large.length / largePacked.length).toBeLessThan(100);
    const parts = ["a", "b", "c"].map((name) => ({
      name: `${name}.bin`,
      content: large,
      packed: largePacked,
    }));
    expect(await inspectDocx(buildDocx({ extra: parts.slice(0, 2) }))).toEqual(accepted);
    expect(await inspectDocx(buildDocx({ extra: parts }))).toEqual(refused("archive-limits"));
  });

  it("one entry above 20 MB is refused", async () => {
    const content = Buffer.alloc(21 * megabyte, pattern);
    const packed = deflateRawSync(content, { level: 1 });
    expect(await inspectDocx(withEntry({ name: "a.bin", content, packed }))).toEqual(
      refused("archive-limits"),
    );
  });

  it.each([
    ["an honest bomb", {}],
    ["a bomb that claims 400 bytes", { both: { unpackedBytes: 400 } }],
    [
      "a bomb that claims 400 bytes in the directory only",
      { central: { unpackedBytes: 400 }, local: { flags: 0x0808, unpackedBytes: 0 } },
    ],
  ])("%s of 10 MB in 10 KB is refused", async (_, lies) => {
    const bomb = withEntry({ name: "word/media/a.bmp", content: Buffer.alloc(10 * megabyte), ...lies });
    expect(bomb.length).toBeLessThan(15_000);
    expect(await inspectDocx(bomb)).toEqual(refused("archive-limits"));
  });

  it("claims above the limits are refused before anything is unpacked", async () => {
    const claims = (name: string, megabytes: number, packedBytes: number) => ({
      name,
      packed: Buffer.alloc(packedBytes, 0xff),
      both: { unpackedBytes: megabytes * megabyte },
    });
    const total = ["a", "b", "c"].map((name) => claims(name, 18, 300_000));
    expect(await inspectDocx(buildDocx({ extra: total }))).toEqual(refused("archive-limits"));
    expect(await inspectDocx(withEntry(claims("a", 21, 300_000)))).toEqual(refused("archive-limits"));
    expect(await inspectDocx(withEntry(claims("a", 1, 1_000)))).toEqual(refused("archive-limits"));
  });

  it("100 KB of zeros are accepted: small entries may be regular", async () => {
    expect(await inspectDocx(withEntry({ name: "a.bin", content: Buffer.alloc(100 * 1024) }))).toEqual(
      accepted,
    );
    expect(await inspectDocx(withEntry({ name: "a.bin", content: Buffer.alloc(100 * 1024 + 1) }))).toEqual(
      refused("archive-limits"),
    );
  });

  it("a bomb inside a bomb is only counted, never opened", async () => {
    const inner = buildZip([{ name: "a.bin", content: Buffer.alloc(10 * megabyte) }]);
    expect(await inspectDocx(withEntry({ name: "a.zip", content: inner, isStored: true }))).toEqual(accepted);
  });

  it("entries that share their bytes are refused", async () => {
    const inner = { name: "b.bin", content: "abcdefgh", isStored: true };
    const innerEntry = buildZip([inner]).subarray(0, 30 + inner.name.length + inner.content.length);
    const outer = { name: "a.bin", content: innerEntry, isStored: true };
    const innerStart = withEntry(outer).indexOf(innerEntry);
    expect(await inspectDocx(withEntry(outer))).toEqual(accepted);
    expect(await inspectDocx(buildDocx({ extra: [outer, inner] }))).toEqual(accepted);
    expect(await inspectDocx(buildDocx({ extra: [outer, { ...inner, at: innerStart }] }))).toEqual(
      refused("archive-limits"),
    );
  });
});

describe("an archive's honesty", () => {
  const text = { name: "a.txt", content: "abc" };
  const zip64Extra = Buffer.from("01001000ffffffffffffffffffffffffffffffff", "hex");
  it.each<[string, ZipEntrySample, string]>([
    ["an encrypted entry", { ...text, both: { flags: 0x0801 } }, "password-protected"],
    ["strong encryption", { ...text, both: { flags: 0x0841 } }, "broken-docx"],
    ["a name that climbs", { ...text, name: "word/../../evil.txt" }, "broken-docx"],
    ["an absolute name", { ...text, name: "/etc/passwd" }, "broken-docx"],
    ["a drive name", { ...text, name: "C:/evil.txt" }, "broken-docx"],
    ["a backslash", { ...text, name: "word\\evil.txt" }, "broken-docx"],
    ["a NUL in the name", { ...text, name: "a\0.txt" }, "broken-docx"],
    ["a name twice", { name: "WORD/document.xml", content: "<a/>" }, "broken-docx"],
    ["a symbolic link", { ...text, unixMode: 0o120777 }, "broken-docx"],
    ["an unknown packing method", { ...text, both: { method: 12 } }, "broken-docx"],
    ["a ZIP64 entry", { ...text, central: { extra: zip64Extra } }, "broken-docx"],
    ["another name in the local header", { ...text, local: { name: "b.txt" } }, "broken-docx"],
    ["another method in the local header", { ...text, local: { method: 0 } }, "broken-docx"],
    ["another size in the local header", { ...text, local: { unpackedBytes: 4 } }, "broken-docx"],
    ["another checksum in the local header", { ...text, local: { crc32: 4 } }, "broken-docx"],
    ["a wrong checksum", { ...text, both: { crc32: 4 } }, "broken-docx"],
    ["a size that is too small", { ...text, both: { unpackedBytes: 2 } }, "broken-docx"],
    ["a size that is too large", { ...text, both: { unpackedBytes: 4 } }, "broken-docx"],
    ["packed bytes that are none", { ...text, packed: Buffer.from("ffff", "hex") }, "broken-docx"],
    ["packed bytes past the end", { ...text, both: { packedBytes: 50_000 } }, "broken-docx"],
  ])("%s is refused", async (_, entry, refusal) => {
    expect(await inspectDocx(withEntry(entry))).toEqual(refused(refusal));
  });

  it("sizes that follow the data are accepted: the local header leaves them out", async () => {
    const local = { flags: 0x0808, crc32: 0, packedBytes: 0, unpackedBytes: 0 };
    expect(await inspectDocx(withEntry({ ...text, local, central: { flags: 0x0808 } }))).toEqual(accepted);
  });

  it("folders and stored entries are accepted", async () => {
    const extra = [{ name: "word/media/" }, { ...text, isStored: true }];
    expect(await inspectDocx(buildDocx({ extra }))).toEqual(accepted);
  });

  it("a ZIP64 end record is refused, also one that points to a good directory", async () => {
    const end = buildZip(docxEntries()).subarray(-22);
    const [count, start] = [end.readUInt16LE(10), end.readUInt32LE(16)];
    const record = Buffer.alloc(56);
    record.write("PK\x06\x06", "latin1");
    record.writeUInt32LE(count, 32);
    record.writeUInt32LE(start, 48);
    const locator = Buffer.alloc(20);
    locator.write("PK\x06\x07", "latin1");
    locator.writeUInt32LE(start + end.readUInt32LE(12), 8);
    const bytes = buildZip(docxEntries(), { beforeEnd: Buffer.concat([record, locator]) });
    expect(await inspectDocx(bytes)).toEqual(refused("broken-docx"));
  });

  it("a comment is fine, and an end that is cut off is not", async () => {
    const bytes = buildZip(docxEntries(), { comment: "made by hand" });
    expect(await inspectDocx(bytes)).toEqual(accepted);
    expect(await inspectDocx(bytes.subarray(0, -1))).toEqual(refused("broken-docx"));
  });

  it("one byte missing anywhere in a real file is noticed", async () => {
    const whole = readFixture("resume.docx");
    expect(looksLikeZip(whole)).toBe(true);
    for (let at = 4; at < whole.length; at += 97) {
      const cut = Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]);
      expect(await inspectDocx(cut), `byte ${at}`).toMatchObject({ ok: false });
    }
  });
});
