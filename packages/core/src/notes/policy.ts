/** Pure rules about notes; the editor, the screen and the verbs ask the same functions. Browser-safe. */
import type { Colleague } from "../leads/schema";

/** For how many hours its author may change a note. */
const editableHours = 24;

/** Whether a note of this age may still be changed by its author. */
export function isEditable(writtenAt: Date, now: Date): boolean {
  return now.getTime() - writtenAt.getTime() < editableHours * 3_600_000;
}

/** Whom a text names as `@Full Name`, case ignored. A longer name goes before a shorter one it begins with. */
export function findMentions<Person extends Pick<Colleague, "id" | "name">>(
  body: string,
  colleagues: readonly Person[],
): Person[] {
  const named = new Set(
    splitAtMentions(
      body,
      colleagues.map(({ name }) => name),
    ).flatMap(mentionKey),
  );
  return colleagues.filter(({ name }) => named.has(name.toLowerCase()));
}

export type NotePart = { text: string; isMention: boolean };

/** A note as plain stretches and names with their `@`, in order; the parts joined are the text again. */
export function splitAtMentions(body: string, names: readonly string[]): NotePart[] {
  const wanted = [...new Set(names)].filter(Boolean).sort((left, right) => right.length - left.length);
  if (wanted.length === 0) return body === "" ? [] : [{ text: body, isMention: false }];
  const pattern = wanted.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|");
  // No mention begins inside an address, and no name ends inside a longer word.
  const mentions = new RegExp(`(?<![\\p{L}\\p{N}_])@(?:${pattern})(?![\\p{L}\\p{N}_])`, "giu");
  const parts: NotePart[] = [];
  let from = 0;
  for (const match of body.matchAll(mentions)) {
    if (match.index > from) parts.push({ text: body.slice(from, match.index), isMention: false });
    parts.push({ text: match[0], isMention: true });
    from = match.index + match[0].length;
  }
  if (from < body.length) parts.push({ text: body.slice(from), isMention: false });
  return parts;
}

function mentionKey({ text, isMention }: NotePart): string[] {
  return isMention ? [text.slice(1).toLowerCase()] : [];
}
