import { crc32, inflateRawSync } from "node:zlib";
import type { ResumeRefusal } from "@intake/core/resumes/schema";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";

/** Limits a real DOCX stays far below (security rule 3), in entries, bytes and unpacked bytes per packed byte. */
export const archiveLimits = {
  entries: 1_000,
  totalBytes: 50 * 1024 * 1024,
  entryBytes: 20 * 1024 * 1024,
  ratio: 100,
  /** Small entries may be as regular as they like. */
  ratioFromBytes: 100 * 1024,
} as const;

const flag = { encrypted: 0x0001, sizesFollowData: 0x0008, utf8: 0x0800 } as const;
const method = { stored: 0, deflated: 8 } as const;
const zip64ExtraField = 0x0001;
const endOfDirectorySignature = Buffer.from("PK\x05\x06", "latin1");
const zip64LocatorSignature = Buffer.from("PK\x06\x07", "latin1");
const zip64LocatorBytes = 20;

/** Why an archive is refused; thrown inside this folder only, every caller turns it into a verdict. */
export class ArchiveRefusedError extends Error {
  readonly refusal: ResumeRefusal;

  constructor(refusal: ResumeRefusal) {
    super(`Archive refused: ${refusal}`);
    this.name = "ArchiveRefusedError";
    this.refusal = refusal;
  }
}

/** One checked entry: where its packed bytes lie and what the directory claims about them. */
export interface ArchiveEntry {
  name: string;
  headerStart: number;
  dataStart: number;
  dataEnd: number;
  isDeflated: boolean;
  claimedBytes: number;
  crc32: number;
}

/**
 * Reads the central directory and holds it against our limits and the local headers, before anything is inflated.
 * Throws `ArchiveRefusedError`.
 */
export async function listArchive(bytes: Buffer): Promise<ArchiveEntry[]> {
  if (isZip64(bytes)) throw new ArchiveRefusedError("broken-docx");
  const entries: ArchiveEntry[] = [];
  const names = new Set<string>();
  let claimedBytes = 0;
  try {
    // strictFileNames makes yauzl refuse backslashes, and it always refuses absolute names and `..`.
    const archive = await fromBufferPromise(bytes, { strictFileNames: true });
    if (archive.entryCount > archiveLimits.entries) throw new ArchiveRefusedError("archive-limits");
    for await (const entry of archive.eachEntry()) {
      claimedBytes += entry.uncompressedSize;
      if (claimedBytes > archiveLimits.totalBytes) throw new ArchiveRefusedError("archive-limits");
      const name = entry.fileName.toLowerCase();
      if (names.has(name)) throw new ArchiveRefusedError("broken-docx");
      names.add(name);
      entries.push(await checkEntry(archive, entry));
    }
  } catch (error) {
    throw error instanceof ArchiveRefusedError ? error : new ArchiveRefusedError("broken-docx");
  }
  refuseOverlaps(entries);
  return entries;
}

/**
 * Unpacks one entry, counting what really comes out: at most `remainingBytes` and the limits above, and exactly the
 * claimed size and checksum. Throws `ArchiveRefusedError`.
 */
export function unpackEntry(bytes: Buffer, entry: ArchiveEntry, remainingBytes: number): Buffer {
  const packed = bytes.subarray(entry.dataStart, entry.dataEnd);
  const limit = Math.min(remainingBytes, unpackedLimit(packed.length));
  const content = entry.isDeflated ? inflate(packed, limit) : packed;
  if (content.length > limit) throw new ArchiveRefusedError("archive-limits");
  if (content.length !== entry.claimedBytes || crc32(content) !== entry.crc32) {
    throw new ArchiveRefusedError("broken-docx");
  }
  return content;
}

function unpackedLimit(packedBytes: number): number {
  return Math.min(
    archiveLimits.entryBytes,
    Math.max(archiveLimits.ratioFromBytes, packedBytes * archiveLimits.ratio),
  );
}

function inflate(packed: Buffer, limit: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    const isTooLong = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw new ArchiveRefusedError(isTooLong ? "archive-limits" : "broken-docx");
  }
}

async function checkEntry(archive: ZipFile, entry: Entry): Promise<ArchiveEntry> {
  if (entry.generalPurposeBitFlag & flag.encrypted) throw new ArchiveRefusedError("password-protected");
  if (entry.uncompressedSize > unpackedLimit(entry.compressedSize))
    throw new ArchiveRefusedError("archive-limits");
  const isKnownMethod =
    entry.compressionMethod === method.stored || entry.compressionMethod === method.deflated;
  const isZip64Entry = entry.extraFields.some((field) => field.id === zip64ExtraField);
  if (!isKnownMethod || isZip64Entry || isSymbolicLink(entry) || entry.fileName.includes("\0")) {
    throw new ArchiveRefusedError("broken-docx");
  }
  const local = await archive.readLocalFileHeaderPromise(entry);
  const areSizesDeferred = (local.generalPurposeBitFlag & flag.sizesFollowData) !== 0;
  const agrees = (inLocal: number, inDirectory: number) =>
    inLocal === inDirectory || (areSizesDeferred && inLocal === 0);
  const sameFlags = flag.encrypted | flag.utf8;
  const isSame =
    local.fileName.equals(entry.fileNameRaw) &&
    local.compressionMethod === entry.compressionMethod &&
    (local.generalPurposeBitFlag & sameFlags) === (entry.generalPurposeBitFlag & sameFlags) &&
    agrees(local.crc32, entry.crc32) &&
    agrees(local.compressedSize, entry.compressedSize) &&
    agrees(local.uncompressedSize, entry.uncompressedSize);
  if (!isSame) throw new ArchiveRefusedError("broken-docx");
  return {
    name: entry.fileName,
    headerStart: entry.relativeOffsetOfLocalHeader,
    dataStart: local.fileDataStart,
    dataEnd: local.fileDataStart + entry.compressedSize,
    isDeflated: entry.compressionMethod === method.deflated,
    claimedBytes: entry.uncompressedSize,
    crc32: entry.crc32,
  };
}

function isSymbolicLink(entry: Entry): boolean {
  const isMadeOnUnix = entry.versionMadeBy >>> 8 === 3;
  return isMadeOnUnix && ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

/** yauzl follows a ZIP64 locator without saying so; it stands right before the end record yauzl uses, the last one. */
function isZip64(bytes: Buffer): boolean {
  const locator = bytes.lastIndexOf(endOfDirectorySignature) - zip64LocatorBytes;
  return locator >= 0 && bytes.subarray(locator, locator + 4).equals(zip64LocatorSignature);
}

/** Entries that share bytes are how a small file claims to hold much (D. Fifield, "A better zip bomb", 2019). */
function refuseOverlaps(entries: ArchiveEntry[]): void {
  let previousEnd = 0;
  for (const entry of entries.toSorted((left, right) => left.headerStart - right.headerStart)) {
    if (entry.headerStart < previousEnd) throw new ArchiveRefusedError("archive-limits");
    previousEnd = entry.dataEnd;
  }
}
