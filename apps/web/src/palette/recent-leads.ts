import { leadIdSchema } from "@intake/core/leads/schema";

const maxRecent = 6;

const keyOf = (userId: string) => `intake-recent-${userId}`;

/** The leads this person opened last in this browser, newest first: ids alone, never names. */
export function readRecent(userId: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => leadIdSchema.safeParse(id).success) : [];
  } catch {
    // Written by something else, or by hand.
    return [];
  }
}

export function noteRecent(userId: string, leadId: string): void {
  const others = readRecent(userId).filter((id) => id !== leadId);
  localStorage.setItem(keyOf(userId), JSON.stringify([leadId, ...others].slice(0, maxRecent)));
}
