/** Builds archives for tests, honest or lying: every header field can be overridden on either side. */
import { crc32, deflateRawSync } from "node:zlib";

interface HeaderFields {
  name: string;
  flags: number;
  method: number;
  crc32: number;
  packedBytes: number;
  unpackedBytes: number;
  extra: Buffer;
}

export interface ZipEntrySample {
  name: string;
  content?: Buffer | string;
  /** Already packed bytes, to share one costly deflate among entries. */
  packed?: Buffer;
  isStored?: boolean;
  unixMode?: number;
  /** Writes a directory record only, for a header that already lies at this offset. */
  at?: number;
  /** Overrides in both headers, or in one. */
  both?: Partial<HeaderFields>;
  local?: Partial<HeaderFields>;
  central?: Partial<HeaderFields>;
}

export function buildZip(
  entries: ZipEntrySample[],
  options: { beforeEnd?: Buffer; comment?: string } = {},
): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? "");
    const packed = entry.packed ?? (entry.isStored ? content : deflateRawSync(content));
    const honest: HeaderFields = {
      name: entry.name,
      flags: 0x0800,
      method: entry.isStored ? 0 : 8,
      crc32: crc32(content),
      packedBytes: packed.length,
      unpackedBytes: content.length,
      extra: Buffer.alloc(0),
      ...entry.both,
    };
    const body = Buffer.concat([localHeader({ ...honest, ...entry.local }), packed]);
    directory.push(
      centralHeader({ ...honest, ...entry.central }, entry.at ?? offset, entry.unixMode ?? 0o100644),
    );
    if (entry.at !== undefined) continue;
    bodies.push(body);
    offset += body.length;
  }
  const central = Buffer.concat(directory);
  const comment = Buffer.from(options.comment ?? "");
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...bodies, central, options.beforeEnd ?? Buffer.alloc(0), end, comment]);
}

function writeFields(header: Buffer, at: number, fields: HeaderFields): void {
  header.writeUInt16LE(fields.flags, at);
  header.writeUInt16LE(fields.method, at + 2);
  header.writeUInt32LE(fields.crc32, at + 8);
  header.writeUInt32LE(fields.packedBytes, at + 12);
  header.writeUInt32LE(fields.unpackedBytes, at + 16);
  header.writeUInt16LE(Buffer.byteLength(fields.name), at + 20);
  header.writeUInt16LE(fields.extra.length, at + 22);
}

function localHeader(fields: HeaderFields): Buffer {
  const name = Buffer.from(fields.name);
  const header = Buffer.alloc(30);
  header.write("PK\x03\x04", "latin1");
  header.writeUInt16LE(20, 4);
  writeFields(header, 6, fields);
  return Buffer.concat([header, name, fields.extra]);
}

function centralHeader(fields: HeaderFields, offset: number, unixMode: number): Buffer {
  const name = Buffer.from(fields.name);
  const header = Buffer.alloc(46);
  header.write("PK\x01\x02", "latin1");
  header.writeUInt16LE((3 << 8) | 20, 4);
  header.writeUInt16LE(20, 6);
  writeFields(header, 8, fields);
  header.writeUInt32LE((unixMode << 16) >>> 0, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name, fields.extra]);
}
