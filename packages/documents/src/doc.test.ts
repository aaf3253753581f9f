import { describe, expect, it } from "vitest";
import { looksLikeCompoundFile } from "./compound-file";
import { inspectDoc } from "./doc";
import { buildCompoundFile, type CompoundSample } from "./samples/build-compound-file";
import { readFixture } from "./samples/fixture";

const accepted = { ok: true, format: "DOC" };
const refused = (refusal: string) => ({ ok: false, refusal });

function wordDocument({ magic = 0xa5ec, flags = 0x0200, bytes = 6000 } = {}): CompoundSample {
  const content = Buffer.alloc(bytes, 0x20);
  content.writeUInt16LE(magic, 0);
  content.writeUInt16LE(flags, 10);
  return { name: "WordDocument", content };
}

const table: CompoundSample = { name: "1Table", content: Buffer.alloc(4096, 1) };

describe("a compound file", () => {
  it.each<[string, CompoundSample[], object]>([
    ["Word 97 and later", [wordDocument(), table], accepted],
    ["the other table", [wordDocument({ flags: 0 }), { ...table, name: "0Table" }], accepted],
    ["Word 6 and 95, without a table", [wordDocument({ magic: 0xa5dc })], accepted],
    ["encrypted", [wordDocument({ flags: 0x0300 }), table], refused("password-protected")],
    ["encrypted Word 95", [wordDocument({ magic: 0xa5dc, flags: 0x0100 })], refused("password-protected")],
    [
      "a DOCX with a password",
      [
        { name: "EncryptionInfo", content: Buffer.alloc(4096) },
        { name: "EncryptedPackage", content: Buffer.alloc(4096) },
      ],
      refused("password-protected"),
    ],
    [
      "macros",
      [wordDocument(), table, { name: "Macros", children: [{ name: "VBA", children: [] }] }],
      refused("macros"),
    ],
    ["no table", [wordDocument()], refused("broken-doc")],
    ["the wrong table", [wordDocument({ flags: 0 }), table], refused("broken-doc")],
    ["a stream that is no Word text", [wordDocument({ magic: 0x1234 }), table], refused("broken-doc")],
    ["a spreadsheet", [{ name: "Workbook", content: Buffer.alloc(4096) }], refused("not-a-document")],
    [
      "a spreadsheet with a Word document inside",
      [
        { name: "Workbook", content: Buffer.alloc(4096) },
        { name: "MBD0001", children: [wordDocument(), table] },
      ],
      refused("not-a-document"),
    ],
    [
      "a folder called WordDocument",
      [{ name: "WordDocument", children: [table] }],
      refused("not-a-document"),
    ],
    ["nothing", [], refused("broken-doc")],
  ])("%s", (_, samples, verdict) => {
    const { bytes } = buildCompoundFile(samples);
    expect(looksLikeCompoundFile(bytes)).toBe(true);
    expect(inspectDoc(bytes)).toEqual(verdict);
  });

  it("keeps small streams in the mini stream, as LibreOffice does", () => {
    expect(inspectDoc(readFixture("resume.doc"))).toEqual(accepted);
  });
});

describe("a compound file that does not hold together", () => {
  const build = () => buildCompoundFile([wordDocument(), table]);

  it("ends in a circle of sectors", () => {
    const { bytes, starts, linkOffset } = build();
    const start = starts.get("WordDocument") ?? 0;
    bytes.writeUInt32LE(start, linkOffset(start + 1));
    expect(inspectDoc(bytes)).toEqual(refused("broken-doc"));
  });

  it("has a directory in a circle", () => {
    const { bytes, linkOffset } = build();
    bytes.writeUInt32LE(1, linkOffset(1));
    expect(inspectDoc(bytes)).toEqual(accepted);
  });

  it("has directory entries that point to each other", () => {
    const { bytes, entryOffset } = build();
    bytes.writeUInt32LE(1, entryOffset(2) + 68);
    bytes.writeUInt32LE(0, entryOffset(2) + 72);
    bytes.writeUInt32LE(0xfffffff0, entryOffset(1) + 68);
    expect(inspectDoc(bytes)).toEqual(accepted);
  });

  it("has a chain that leaves the file", () => {
    const { bytes, starts, linkOffset } = build();
    bytes.writeUInt32LE(9999, linkOffset((starts.get("WordDocument") ?? 0) + 1));
    expect(inspectDoc(bytes)).toEqual(refused("broken-doc"));
  });

  it("has a list of table sectors in a circle", () => {
    const { bytes } = build();
    bytes.writeUInt32LE(2, 68);
    bytes.writeUInt32LE(2, 512 * 4 - 4);
    expect(inspectDoc(bytes).ok).toBeTypeOf("boolean");
  });

  it("claims a stream larger than the file", () => {
    const { bytes, entryOffset } = build();
    bytes.writeUInt32LE(0xffffffff, entryOffset(1) + 120);
    expect(inspectDoc(bytes)).toEqual(refused("broken-doc"));
  });

  it.each([
    ["sector size", 30, 16],
    ["mini sector size", 32, 7],
    ["version", 26, 9],
  ])("has an impossible %s", (_, offset, value) => {
    const { bytes } = build();
    bytes.writeUInt16LE(value, offset);
    expect(inspectDoc(bytes)).toEqual(refused("broken-doc"));
  });

  it("is cut before its text ends", () => {
    const { bytes, starts } = build();
    const textEnd = ((starts.get("WordDocument") ?? 0) + 1) * 512 + 3000;
    expect(inspectDoc(bytes.subarray(0, textEnd))).toEqual(refused("broken-doc"));
    expect(inspectDoc(bytes.subarray(0, 511))).toEqual(refused("broken-doc"));
  });
});
