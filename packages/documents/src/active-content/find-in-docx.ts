import { openCompoundFile } from "../compound-file";
import { readElements } from "../package-xml";
import { ArchiveRefusedError, archiveLimits, listArchive, unpackEntry } from "../zip";
import { findPackagedFile, hasDdeField, hasMacroStorage } from "./find-in-doc";
import { isProgramName, startsLikeProgram } from "./program-files";
import type { ActiveContentCode } from "./reasons";

/** Relationship types (ECMA-376) whose target Word fetches or starts by itself, by the last part of their address. */
const remoteTargets: Record<string, ActiveContentCode> = {
  attachedTemplate: "remote-template",
  oleObject: "remote-object",
  package: "remote-object",
  frame: "remote-object",
  subDocument: "remote-object",
  aFChunk: "remote-object",
  control: "activex",
  image: "remote-picture",
};
/** `file:///C:/…/Normal.dotm` is the sender's own disk and in many a harmless document. */
const otherComputer = /^(?:https?|ftp|mhtml|ms-[\w-]+|file:\/\/[^/]|\\\\|\/\/|file:\/{4,})/i;

/** Looks at every part of a DOCX. A package that does not unpack within our limits is `unreadable`. */
export async function findInDocx(file: Buffer): Promise<ActiveContentCode[]> {
  const codes: ActiveContentCode[] = [];
  try {
    let remainingBytes: number = archiveLimits.totalBytes;
    for (const entry of await listArchive(file)) {
      const content = unpackEntry(file, entry, remainingBytes);
      remainingBytes -= content.length;
      codes.push(...findInPart(entry.name.toLowerCase(), content));
    }
  } catch (error) {
    if (!(error instanceof ArchiveRefusedError)) throw error;
    codes.push("unreadable");
  }
  return codes;
}

function findInPart(name: string, content: Buffer): ActiveContentCode[] {
  if (name.endsWith(".rels")) return findRemoteTargets(content);
  if (name === "[content_types].xml")
    return /macroEnabled|vbaProject|vbaData/i.test(content.toString("latin1")) ? ["macros"] : [];
  if (/(?:^|\/)(?:vbaproject\.bin|vbadata\.xml)$/.test(name)) return ["macros"];
  if (name.includes("/activex/")) return ["activex"];
  if (name.endsWith(".xml")) return hasDdeInstruction(content) ? ["dde"] : [];
  if (startsLikeProgram(content) || isProgramName(name)) return ["embedded-program"];
  const object = openCompoundFile(content);
  if (object) {
    if (hasMacroStorage(object)) return ["macros"];
    const packaged = findPackagedFile(object);
    if (packaged) return [packaged];
  }
  return name.includes("/embeddings/") ? ["attachment"] : [];
}

function findRemoteTargets(relationships: Buffer): ActiveContentCode[] {
  return readElements(relationships, "Relationship").flatMap((element) => {
    const code = remoteTargets[element.get("Type")?.split("/").at(-1) ?? ""];
    const isRemote =
      element.get("TargetMode") === "External" && otherComputer.test(element.get("Target")?.trim() ?? "");
    return code && isRemote ? [code] : [];
  });
}

/** A field's instruction may be spread over several runs, so the pieces are joined first. */
function hasDdeInstruction(part: Buffer): boolean {
  const xml = part.toString("utf8");
  const pieces = Array.from(
    xml.matchAll(/<w:instrText[^>]{0,200}>([^<]{0,2000})/g),
    (match) => match[1] ?? "",
  );
  const simple = Array.from(xml.matchAll(/\bw:instr="([^"]{0,2000})"/g), (match) => match[1] ?? "");
  return hasDdeField(pieces.join("")) || simple.some(hasDdeField);
}
