/** Builds small version 3 compound files for tests: one table sector, one chain per stream, one flat child list per storage. */

const sectorBytes = 512;
const endOfChain = 0xfffffffe;
const freeSector = 0xffffffff;
const noId = 0xffffffff;

export interface CompoundSample {
  name: string;
  /** A stream's content; at least 4,096 bytes, so that no mini stream is needed. */
  content?: Buffer;
  /** A storage's entries. */
  children?: CompoundSample[];
}

export interface CompoundLayout {
  bytes: Buffer;
  /** First sector of each stream, by name. */
  starts: Map<string, number>;
  /** Where a sector's link lies in the file. */
  linkOffset(sector: number): number;
  /** Where a directory entry lies in the file. */
  entryOffset(id: number): number;
}

interface FlatEntry {
  sample: CompoundSample;
  kind: number;
  child: number;
  next: number;
  start: number;
}

export function buildCompoundFile(samples: CompoundSample[]): CompoundLayout {
  const entries: FlatEntry[] = [];
  addEntry({ name: "Root Entry", children: samples }, 5);

  const directorySectors = Math.ceil(entries.length / 4);
  const links: number[] = [0xfffffffd];
  const data: Buffer[] = [];
  for (let sector = 1; sector <= directorySectors; sector += 1) {
    links.push(sector === directorySectors ? endOfChain : sector + 1);
  }
  const starts = new Map<string, number>();
  for (const entry of entries) {
    const { content, name } = entry.sample;
    if (!content) continue;
    const count = Math.ceil(content.length / sectorBytes);
    entry.start = links.length;
    starts.set(name, entry.start);
    for (let index = 1; index <= count; index += 1)
      links.push(index === count ? endOfChain : entry.start + index);
    data.push(Buffer.concat([content], count * sectorBytes));
  }
  const table = Buffer.alloc(sectorBytes, 0xff);
  for (const [sector, link] of links.entries()) table.writeUInt32LE(link, sector * 4);
  const directory = Buffer.concat(entries.map(writeEntry), directorySectors * sectorBytes);
  return {
    bytes: Buffer.concat([header(), table, directory, ...data]),
    starts,
    linkOffset: (sector) => sectorBytes + sector * 4,
    entryOffset: (id) => 2 * sectorBytes + id * 128,
  };

  function addEntry(sample: CompoundSample, kind: number): number {
    const id = entries.length;
    const entry: FlatEntry = { sample, kind, child: noId, next: noId, start: 0 };
    entries.push(entry);
    let previous: FlatEntry | undefined;
    for (const child of sample.children ?? []) {
      const childId = addEntry(child, child.children ? 1 : 2);
      if (previous) previous.next = childId;
      else entry.child = childId;
      previous = entries[childId];
    }
    return id;
  }
}

function writeEntry({ sample, kind, child, next, start }: FlatEntry): Buffer {
  const entry = Buffer.alloc(128);
  const name = Buffer.from(`${sample.name}\0`, "utf16le");
  name.copy(entry);
  entry.writeUInt16LE(name.length, 64);
  entry[66] = kind;
  entry.writeUInt32LE(noId, 68);
  entry.writeUInt32LE(next, 72);
  entry.writeUInt32LE(child, 76);
  entry.writeUInt32LE(kind === 5 ? endOfChain : start, 116);
  entry.writeUInt32LE(sample.content?.length ?? 0, 120);
  return entry;
}

function header(): Buffer {
  const bytes = Buffer.alloc(sectorBytes, 0xff);
  bytes.fill(0, 0, 76);
  bytes.write("d0cf11e0a1b11ae1", "hex");
  bytes.writeUInt16LE(0x3e, 24);
  bytes.writeUInt16LE(3, 26);
  bytes.writeUInt16LE(0xfffe, 28);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt16LE(6, 32);
  bytes.writeUInt32LE(1, 44);
  bytes.writeUInt32LE(1, 48);
  bytes.writeUInt32LE(4096, 56);
  bytes.writeUInt32LE(endOfChain, 60);
  bytes.writeUInt32LE(freeSector, 68);
  bytes.writeUInt32LE(0, 76);
  return bytes;
}
