import type { ActiveColleague } from "@intake/core/assignment/schema";

const maxChoices = 6;

/** The `@…` right before the caret, and where it begins. */
export interface MentionQuery {
  from: number;
  text: string;
}

/** Reads what may become a mention; null when the caret is not behind one. */
export function readMention(body: string, caret: number): MentionQuery | null {
  const found = /(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{M}\p{N}'’.()-]*(?: [\p{L}\p{M}\p{N}'’.()-]*){0,3})$/u.exec(
    body.slice(0, caret),
  );
  const text = found?.[1];
  return text === undefined ? null : { from: caret - text.length - 1, text };
}

/** Colleagues whose name, or a word of it, begins so; case and accents do not matter. */
export function findChoices(colleagues: readonly ActiveColleague[], text: string): ActiveColleague[] {
  const wanted = fold(text);
  return colleagues
    .filter(({ name, isYou }) => {
      const folded = fold(name);
      return (
        !isYou && (folded.startsWith(wanted) || folded.split(" ").some((word) => word.startsWith(wanted)))
      );
    })
    .slice(0, maxChoices);
}

/** The text with the mention written out, and the caret behind it. */
export function complete(body: string, query: MentionQuery, name: string): { body: string; caret: number } {
  const end = query.from + 1 + query.text.length;
  const rest = body.slice(end);
  const mention = `@${name}${rest.startsWith(" ") ? "" : " "}`;
  return { body: body.slice(0, query.from) + mention + rest, caret: query.from + name.length + 2 };
}

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
