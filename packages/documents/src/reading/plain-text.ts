/** Most a text may hold, in UTF-16 units: about 80 closely written pages. */
export const maxTextLength = 200_000;

/** Presentation forms of Latin, Hebrew and Arabic letters: typography that no one types into a search. */
const presentationForms = /[\uFB00-\uFDCF\uFDF0-\uFDFF\uFE70-\uFEFC]+/g;
/** Controls, soft hyphens, direction marks and other invisible ones; joiners and line ends are none of them. */
const invisible = /[^\P{Cc}\n\t]|[\u00AD\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

/**
 * Text as people would type it: Unicode NFC, ligatures and presentation forms as letters, no control, direction or
 * invisible marks (joiners stay, they are spelling), `\n` as the only line end, no more than one empty line at a time.
 */
export function normalizeText(raw: string): string {
  return raw
    .toWellFormed()
    .replace(presentationForms, (form) => form.normalize("NFKC"))
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
    .replace(invisible, "")
    .replace(/[\t \u00A0]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
    .normalize("NFC");
}

/** Cuts to `maxTextLength` without splitting a character. */
export function limitText(text: string): { text: string; isCut: boolean } {
  if (text.length <= maxTextLength) return { text, isCut: false };
  const last = text.charCodeAt(maxTextLength - 1);
  const isSplit = last >= 0xd800 && last <= 0xdbff;
  return { text: text.slice(0, isSplit ? maxTextLength - 1 : maxTextLength), isCut: true };
}
