/** A document as Word 95 kept it: one Windows-1252 piece between two offsets of the file information block. */
import { buildCompoundFile } from "./build-compound-file";

const textStart = 0x300;

export function buildWord95(text: string): Buffer {
  const stream = Buffer.alloc(4096);
  stream.writeUInt16LE(0xa5dc, 0);
  stream.writeUInt32LE(textStart, 24);
  stream.writeUInt32LE(textStart + text.length, 28);
  stream.write(text, textStart, "latin1");
  return buildCompoundFile([{ name: "WordDocument", content: stream }]).bytes;
}
