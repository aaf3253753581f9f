import { useState } from "react";
import { z } from "zod";

const maxAgeDays = 7;
const prefix = "intake-draft:";

const draftSchema = z.object({ noteId: z.uuid(), body: z.string(), at: z.number() });
type Draft = z.infer<typeof draftSchema>;

/** A version 4 id; `crypto.randomUUID` is missing on plain http, where offices try things out. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const variant = "89ab"[(bytes[8] ?? 0) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}

function read(key: string): Draft | null {
  try {
    return draftSchema.parse(JSON.parse(localStorage.getItem(key) ?? "null"));
  } catch {
    return null;
  }
}

function write(key: string, draft: Draft | null): void {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // A full or forbidden store: the draft lives as long as the page.
  }
}

/** What nobody came back to for a week must not lie in a browser for ever. */
function removeOld(now: number): void {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(prefix)) continue;
    const at = read(key)?.at ?? 0;
    if (now - at > maxAgeDays * 86_400_000) write(key, null);
  }
}

/**
 * A note that is being written, kept in this browser for its lead and person: it survives a reload, an expired session and a failed save,
 * and keeps its id, so that saving it twice writes it once.
 */
export function useDraft({ userId, leadId }: { userId: string; leadId: string }) {
  const key = `${prefix}${userId}:${leadId}`;
  const [draft, setDraft] = useState<Omit<Draft, "at">>(() => {
    removeOld(Date.now());
    return read(key) ?? { noteId: newId(), body: "" };
  });
  return {
    draft,
    change(body: string): void {
      setDraft({ ...draft, body });
      write(key, body === "" ? null : { ...draft, body, at: Date.now() });
    },
    clear(): void {
      setDraft({ noteId: newId(), body: "" });
      write(key, null);
    },
  };
}
