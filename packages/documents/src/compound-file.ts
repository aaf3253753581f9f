/** Reads Microsoft's Compound File Binary format ([MS-CFB]) as far as telling what a file is needs it, never trusting a chain. */
import { asBuffer } from "./verdict";

const signature = Buffer.from("d0cf11e0a1b11ae1", "hex");
const headerFatSlots = 109;
const directoryEntryBytes = 128;
const rootId = 0;
const entryType = { storage: 1, stream: 2, root: 5 } as const;

/** One stream or storage; `path` is lower-case and `/`-separated below the root. */
export interface CompoundEntry {
  path: string;
  isStream: boolean;
  sizeBytes: number;
  startSector: number;
}

export interface CompoundFile {
  entries: ReadonlyMap<string, CompoundEntry>;
  /** The first `maxBytes` of a stream; null when its sectors are not all there. */
  read(entry: CompoundEntry, maxBytes: number): Buffer | null;
}

/** Whether the file starts with the compound file signature, whole or not. */
export function looksLikeCompoundFile(bytes: Uint8Array): boolean {
  return asBuffer(bytes.subarray(0, signature.length)).equals(signature);
}

/** Opens a compound file; null when its header or directory does not hold together. */
export function openCompoundFile(bytes: Uint8Array): CompoundFile | null {
  const file = asBuffer(bytes);
  if (file.length < 512 || !looksLikeCompoundFile(bytes)) return null;
  const majorVersion = file.readUInt16LE(26);
  const sectorShift = file.readUInt16LE(30);
  const isKnown = (majorVersion === 3 && sectorShift === 9) || (majorVersion === 4 && sectorShift === 12);
  if (!isKnown || file.readUInt16LE(32) !== 6) return null;

  const sectors = createSectors(file, 2 ** sectorShift);
  const fat = readFat(file, sectors);
  const next = (sector: number) => fat.at(sector);
  const chained = (start: number, wantedBytes: number) =>
    sectors.join(followChain(start, next, Math.ceil(wantedBytes / sectors.bytes)));

  const directory = chained(file.readUInt32LE(48), file.length);
  if (directory.length < directoryEntryBytes || directory[66] !== entryType.root) return null;
  const root = readEntry(directory, rootId, "");
  const miniCutoff = file.readUInt32LE(56);
  const miniFat = chained(file.readUInt32LE(60), file.readUInt32LE(64) * sectors.bytes);
  const miniStream = chained(root.startSector, root.sizeBytes);
  const miniSectors = createMiniSectors(miniStream);
  const nextMini = (sector: number) =>
    sector * 4 + 4 <= miniFat.length ? miniFat.readUInt32LE(sector * 4) : undefined;

  return {
    entries: readDirectory(directory),
    read(entry, maxBytes) {
      const [space, step] = entry.sizeBytes < miniCutoff ? [miniSectors, nextMini] : [sectors, next];
      const wanted = Math.ceil(entry.sizeBytes / space.bytes);
      const chain = followChain(entry.startSector, step, wanted).filter((sector) => sector < space.count);
      if (chain.length < wanted) return null;
      const content = space.join(chain.slice(0, Math.ceil(maxBytes / space.bytes)));
      return content.subarray(0, Math.min(maxBytes, entry.sizeBytes));
    },
  };
}

interface SectorSpace {
  bytes: number;
  count: number;
  join(sectors: number[]): Buffer;
}

/** Sector 0 follows the header's sector; a last sector that ends early is tolerated, as Word does. */
function createSectors(file: Buffer, bytes: number): SectorSpace {
  const slice = (sector: number) => file.subarray((sector + 1) * bytes, (sector + 2) * bytes);
  return {
    bytes,
    count: Math.max(0, Math.ceil(file.length / bytes) - 1),
    join: (list) => Buffer.concat(list.map(slice)),
  };
}

function createMiniSectors(stream: Buffer): SectorSpace {
  const bytes = 64;
  return {
    bytes,
    count: Math.ceil(stream.length / bytes),
    join: (list) =>
      Buffer.concat(list.map((sector) => stream.subarray(sector * bytes, (sector + 1) * bytes))),
  };
}

/** Follows a chain for at most `wanted` sectors; stops early at an end mark, a broken link or a circle. */
function followChain(start: number, next: (sector: number) => number | undefined, wanted: number): number[] {
  const chain = new Set<number>();
  let sector: number | undefined = start;
  // End, free and table marks are all at or above 0xFFFFFFFA.
  while (sector !== undefined && sector < 0xfffffffa && !chain.has(sector) && chain.size < wanted) {
    chain.add(sector);
    sector = next(sector);
  }
  return [...chain];
}

/** The allocation table: its first 109 sectors are listed in the header, the rest in a chain of list sectors. */
function readFat(file: Buffer, sectors: SectorSpace): Uint32Array {
  const slots: number[] = [];
  for (let slot = 0; slot < headerFatSlots; slot += 1) slots.push(file.readUInt32LE(76 + slot * 4));
  const seen = new Set<number>();
  let listSector = file.readUInt32LE(68);
  while (listSector < sectors.count && !seen.has(listSector)) {
    seen.add(listSector);
    const list = sectors.join([listSector]);
    if (list.length < sectors.bytes) break;
    for (let at = 0; at < list.length - 4; at += 4) slots.push(list.readUInt32LE(at));
    listSector = list.readUInt32LE(list.length - 4);
  }
  const tableSectors = [...new Set(slots)].filter((sector) => sector < sectors.count);
  const table = sectors.join(tableSectors);
  return Uint32Array.from({ length: Math.floor(table.length / 4) }, (_, index) =>
    table.readUInt32LE(index * 4),
  );
}

function readEntry(directory: Buffer, id: number, parentPath: string): CompoundEntry {
  const at = id * directoryEntryBytes;
  const nameBytes = Math.min(62, Math.max(0, directory.readUInt16LE(at + 64) - 2));
  const name = directory.toString("utf16le", at, at + nameBytes).toLowerCase();
  return {
    path: parentPath ? `${parentPath}/${name}` : name,
    isStream: directory[at + 66] === entryType.stream,
    startSector: directory.readUInt32LE(at + 116),
    // Version 3 files may leave rubbish in the upper half of the size.
    sizeBytes: directory.readUInt32LE(at + 120),
  };
}

/** Walks every sibling tree once, by id, so links in a circle end. */
function readDirectory(directory: Buffer): Map<string, CompoundEntry> {
  const entries = new Map<string, CompoundEntry>();
  const seen = new Set<number>([rootId]);
  const queue = [{ id: directory.readUInt32LE(76), parentPath: "" }];
  for (let step = queue.pop(); step; step = queue.pop()) {
    const { id, parentPath } = step;
    const at = id * directoryEntryBytes;
    if (seen.has(id) || at + directoryEntryBytes > directory.length) continue;
    seen.add(id);
    const kind = directory[at + 66];
    if (kind !== entryType.stream && kind !== entryType.storage) continue;
    const entry = readEntry(directory, id, parentPath);
    entries.set(entry.path, entry);
    queue.push({ id: directory.readUInt32LE(at + 68), parentPath });
    queue.push({ id: directory.readUInt32LE(at + 72), parentPath });
    if (kind === entryType.storage)
      queue.push({ id: directory.readUInt32LE(at + 76), parentPath: entry.path });
  }
  return entries;
}
