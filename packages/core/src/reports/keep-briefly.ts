import type { Context } from "../context";

interface Kept<Answer> {
  at: number;
  answer: Promise<Answer>;
}

/**
 * Remembers answers for so many seconds, per database: whoever asks meanwhile gets the same one, also while it is still being worked out.
 * A failure is not remembered.
 */
export function keepBriefly<Answer>(seconds: number) {
  const memories = new WeakMap<object, Map<string | number, Kept<Answer>>>();
  return (
    { db, now }: Pick<Context, "db" | "now">,
    { key, make }: { key: string | number; make(): Promise<Answer> },
  ): Promise<Answer> => {
    const memory = memories.get(db) ?? new Map<string | number, Kept<Answer>>();
    memories.set(db, memory);
    const at = now().getTime();
    const known = memory.get(key);
    if (known && at >= known.at && at - known.at < seconds * 1000) return known.answer;
    const kept = { at, answer: make() };
    memory.set(key, kept);
    kept.answer.catch(() => {
      if (memory.get(key) === kept) memory.delete(key);
    });
    return kept.answer;
  };
}
