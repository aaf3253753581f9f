import type { InspectionVerdict } from "@intake/core/ports/document-inspector";
import { declaresDoctype, readElements } from "./package-xml";
import { accepted, asBuffer, refused } from "./verdict";
import { type ArchiveEntry, ArchiveRefusedError, archiveLimits, listArchive, unpackEntry } from "./zip";

const contentTypesPart = "[content_types].xml";
const packageRelationshipsPart = "_rels/.rels";
/** The two parts that say what the package is are a few KB in any real document. */
const maxDescriptionBytes = 1024 * 1024;

const wordMainType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const macroMainTypes = [
  "application/vnd.ms-word.document.macroenabled.main+xml",
  "application/vnd.ms-word.template.macroenabledtemplate.main+xml",
];
const macroPartTypes = ["application/vnd.ms-office.vbaproject", "application/vnd.ms-word.vbadata+xml"];
const macroPartNames = ["vbaproject.bin", "vbadata.xml"];

/** Whether the file starts like a ZIP archive, also an empty one. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  const start = asBuffer(bytes.subarray(0, 4)).toString("latin1");
  return start === "PK\x03\x04" || start === "PK\x05\x06";
}

/**
 * A ZIP within our limits whose content types and relationships name a Word main part without macros
 * (security rule 3; ECMA-376 part 2). Every entry is unpacked and checked on the way.
 */
export async function inspectDocx(bytes: Uint8Array): Promise<InspectionVerdict> {
  try {
    const archive = asBuffer(bytes);
    return judgePackage(archive, await listArchive(archive));
  } catch (error) {
    if (error instanceof ArchiveRefusedError) return refused(error.refusal);
    throw error;
  }
}

function judgePackage(archive: Buffer, entries: ArchiveEntry[]): InspectionVerdict {
  const descriptions = new Map<string, Buffer>();
  const names = new Set<string>();
  let remainingBytes: number = archiveLimits.totalBytes;
  for (const entry of entries) {
    const name = entry.name.toLowerCase();
    const content = unpackEntry(archive, entry, remainingBytes);
    remainingBytes -= content.length;
    if (/\.(?:xml|rels)$/.test(name) && declaresDoctype(content)) return refused("broken-docx");
    if (content.length > 0) names.add(name);
    if (name === contentTypesPart || name === packageRelationshipsPart) {
      if (content.length > maxDescriptionBytes) return refused("archive-limits");
      descriptions.set(name, content);
    }
  }
  const contentTypes = descriptions.get(contentTypesPart);
  const relationships = descriptions.get(packageRelationshipsPart);
  if (!contentTypes || !relationships) return refused("not-a-document");
  return judgeMainPart({ contentTypes, relationships, names });
}

interface PackageDescription {
  contentTypes: Buffer;
  relationships: Buffer;
  names: ReadonlySet<string>;
}

function judgeMainPart({ contentTypes, relationships, names }: PackageDescription): InspectionVerdict {
  const mainPart = mainPartName(relationships);
  if (!mainPart) return refused("not-a-document");
  const overrides = new Map(
    readElements(contentTypes, "Override").map((element) => [
      partName(element.get("PartName") ?? ""),
      (element.get("ContentType") ?? "").toLowerCase(),
    ]),
  );
  const defaults = new Map(
    readElements(contentTypes, "Default").map((element) => [
      (element.get("Extension") ?? "").toLowerCase(),
      (element.get("ContentType") ?? "").toLowerCase(),
    ]),
  );
  const mainType = overrides.get(mainPart) ?? defaults.get(mainPart.split(".").at(-1) ?? "");
  if (macroMainTypes.includes(mainType ?? "")) return refused("macros");
  if (mainType !== wordMainType) return refused("not-a-document");
  const hasMacroType = [...overrides.values(), ...defaults.values()].some((type) =>
    macroPartTypes.includes(type),
  );
  const hasMacroPart = [...names].some((name) => macroPartNames.includes(name.split("/").at(-1) ?? ""));
  if (hasMacroType || hasMacroPart) return refused("macros");
  return names.has(mainPart) ? accepted("DOCX") : refused("broken-docx");
}

/** The target of the package's `officeDocument` relationship, transitional or strict; Word Online writes `document2.xml`. */
function mainPartName(relationships: Buffer): string | undefined {
  const main = readElements(relationships, "Relationship").find(
    (element) =>
      element.get("Type")?.endsWith("/relationships/officeDocument") &&
      element.get("TargetMode") !== "External",
  );
  const target = main?.get("Target");
  return target === undefined ? undefined : partName(target);
}

/** Part names are compared without case, a leading slash or dot segments. */
function partName(reference: string): string {
  return reference.replace(/^(?:\.?\/)+/, "").toLowerCase();
}
