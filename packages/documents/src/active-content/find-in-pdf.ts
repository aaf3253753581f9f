import { unpackPdfStreams } from "./pdf-streams";
import { isProgramName, startsLikeProgram } from "./program-files";
import type { ActiveContentCode } from "./reasons";

/** Between the tokens of a dictionary: white space and comments (ISO 32000-1, 7.2). */
const gap = "(?:[\\0\\t\\n\\f\\r ]|%[^\\r\\n]{0,200}[\\r\\n]){0,64}";
const end = "(?![^\\0\\t\\n\\f\\r ()<>\\[\\]{}/%])";
const action = (name: string) => new RegExp(`(?:/S|\\bobj)${gap}/${name}${end}`);
const entry = (name: string) => new RegExp(`/${name}${gap}(?:\\(|<|\\[|\\d{1,10}${gap}\\d{1,5}${gap}R)`);

/**
 * Bare names are no proof: “(HTML/JavaScript)” is a skill in many a resume. Only where a name stands as an action's
 * type or as the key of a value does it count.
 */
const signs: [RegExp, ActiveContentCode][] = [
  [action("JavaScript"), "pdf-javascript"],
  [entry("JS"), "pdf-javascript"],
  [entry("JavaScript"), "pdf-javascript"],
  [action("Launch"), "pdf-launch"],
  [action("(?:SubmitForm|ImportData)"), "pdf-form-action"],
  [entry("XFA"), "pdf-xfa"],
  [new RegExp(`/Subtype${gap}/(?:RichMedia|Movie|Sound|Screen|3D)${end}`), "pdf-media"],
  [action("(?:Rendition|Movie|Sound|RichMediaExecute)"), "pdf-media"],
  [entry("EmbeddedFiles"), "attachment"],
  [new RegExp(`/Type${gap}/EmbeddedFile${end}`), "attachment"],
  [new RegExp(`/Subtype${gap}/FileAttachment${end}`), "attachment"],
];
const openAction = new RegExp(`/OpenAction${gap}(?:<<|\\d)|/AA${gap}(?:<<|\\d{1,10}${gap}\\d{1,5}${gap}R)`);
const byItself = action("(?:URI|GoToR|GoToE)");
const encrypted = new RegExp(`/Encrypt${gap}(?:\\d{1,10}${gap}\\d{1,5}${gap}R|<<)`);
const fileName = /\/U?F[\0\t\n\f\r ]{0,8}(?:\(([^)]{0,500})\)|<([0-9A-Fa-f\s]{0,1000})>)/g;

/** Looks at all objects, those packed in object streams too. */
export function findInPdf(file: Buffer): ActiveContentCode[] {
  const codes: ActiveContentCode[] = [];
  const { objects, attachments, isComplete } = unpackPdfStreams(file);
  const texts = [file.toString("latin1"), ...objects].map(decodeNames);
  const has = (sign: RegExp) => texts.some((text) => sign.test(text));
  for (const [sign, code] of signs) if (has(sign)) codes.push(code);
  if (has(openAction) && has(byItself)) codes.push("pdf-open-action");
  const isEncrypted = has(encrypted);
  if (isEncrypted) codes.push("pdf-encrypted");
  else if (!isComplete) codes.push("pdf-hidden-objects");
  const hasProgram =
    attachments.some(startsLikeProgram) ||
    (codes.includes("attachment") && texts.some((text) => fileNames(text).some(isProgramName)));
  if (hasProgram) codes.push("embedded-program");
  return codes;
}

/** `/J#61vaScript` is the same name as `/JavaScript`. */
function decodeNames(text: string): string {
  return text.replace(/#([2-7][0-9A-Fa-f])/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function fileNames(text: string): string[] {
  return Array.from(text.matchAll(fileName), ([, literal, hex]) =>
    hex === undefined ? (literal ?? "") : Buffer.from(hex.replace(/\s/g, ""), "hex").toString("latin1"),
  );
}
