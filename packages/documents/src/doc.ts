import type { InspectionVerdict } from "@intake/core/ports/document-inspector";
import { type CompoundFile, openCompoundFile } from "./compound-file";
import { accepted, refused } from "./verdict";

/** First word of the file information block: Word 97 and later, Word 6 and 95 ([MS-DOC] 2.5.2). */
const word97 = 0xa5ec;
const word6 = 0xa5dc;
const fibFlag = { encrypted: 0x0100, usesTable1: 0x0200 } as const;
const fibBaseBytes = 32;

/**
 * A compound file with a whole `WordDocument` stream at its root, not encrypted and without a macro project
 * (security rule 3). A DOCX with a password is a compound file too: `password-protected`.
 */
export function inspectDoc(bytes: Uint8Array): InspectionVerdict {
  const file = openCompoundFile(bytes);
  if (!file) return refused("broken-doc");
  if (file.entries.has("encryptedpackage")) return refused("password-protected");
  const wordDocument = file.entries.get("worddocument");
  if (!wordDocument?.isStream) return refused(file.entries.size === 0 ? "broken-doc" : "not-a-document");
  const block = file.read(wordDocument, fibBaseBytes);
  if (!block || block.length < fibBaseBytes) return refused("broken-doc");
  const magic = block.readUInt16LE(0);
  const flags = block.readUInt16LE(10);
  if (magic !== word97 && magic !== word6) return refused("broken-doc");
  if (flags & fibFlag.encrypted) return refused("password-protected");
  if (magic === word97 && !hasTable(file, flags)) return refused("broken-doc");
  if (file.entries.has("macros/vba")) return refused("macros");
  return accepted("DOC");
}

/** Word 97 and later keep the text's layout in a second stream; without it nothing can be shown. */
function hasTable(file: CompoundFile, flags: number): boolean {
  const table = file.entries.get(flags & fibFlag.usesTable1 ? "1table" : "0table");
  return table?.isStream === true && file.read(table, 1) !== null;
}
