import { type CompoundFile, openCompoundFile } from "../compound-file";
import { isProgramName } from "./program-files";
import type { ActiveContentCode } from "./reasons";

/** The native data of a packaged file ([MS-OLEDS] 2.3.6) begins with its names. */
const packagedFileName = "\u0001ole10native";
const namesBytes = 2048;

/** Looks at the storages of a DOC: macros, packaged files and fields that start programs. */
export function findInDoc(file: Buffer): ActiveContentCode[] {
  const document = openCompoundFile(file);
  if (!document) return ["unreadable"];
  const codes: ActiveContentCode[] = [];
  if (hasMacroStorage(document)) codes.push("macros");
  const packaged = findPackagedFile(document);
  if (packaged) codes.push(packaged);
  const entry = document.entries.get("worddocument");
  const stream = entry && document.read(entry, entry.sizeBytes);
  // A field begins with 0x13; Word stores text as Windows-1252 or UTF-16.
  if (stream && (hasDdeFieldCode(stream, "latin1") || hasDdeFieldCode(stream, "utf16le"))) codes.push("dde");
  return codes;
}

/** Whether a VBA project lies in the file, at any depth ([MS-OVBA] 2.2.1). */
export function hasMacroStorage(file: CompoundFile): boolean {
  return [...file.entries.keys()].some((path) =>
    /(?:^|\/)(?:vba|_vba_project(?:_cur)?|macros)(?:\/|$)/.test(path),
  );
}

/** Any file can be wrapped into an object; one that would run is an `embedded-program`. */
export function findPackagedFile(file: CompoundFile): ActiveContentCode | null {
  const objects = [...file.entries.values()].filter(
    (entry) => entry.path.split("/").at(-1) === packagedFileName,
  );
  if (objects.length === 0) return null;
  const holdsProgram = objects.some((entry) => {
    const start = file.read(entry, namesBytes)?.toString("latin1") ?? "";
    return start.split("\0").some(isProgramName);
  });
  return holdsProgram ? "embedded-program" : "attachment";
}

/** Whether a field's instruction starts a conversation with another program. */
export function hasDdeField(instruction: string): boolean {
  return /(?:^|[\s"])DDE(?:AUTO)?\b/i.test(instruction);
}

function hasDdeFieldCode(stream: Buffer, encoding: BufferEncoding): boolean {
  // UTF-16 text may begin at an odd offset.
  const offsets = encoding === "utf16le" ? [0, 1] : [0];
  return offsets.some((offset) =>
    stream
      .subarray(offset)
      .toString(encoding)
      .split("\u0013")
      .slice(1)
      .some((field) => /^\s*DDE(?:AUTO)?\s/i.test(field.slice(0, 20))),
  );
}
