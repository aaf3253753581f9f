import type { LiveNews } from "@intake/core/live/schema";

const listeners = new Set<(news: LiveNews) => void>();

/** Hands news to every part of the screen that asked for them. */
export function spreadNews(news: LiveNews): void {
  for (const listener of listeners) listener(news);
}

/** Hears of every change of a lead, anywhere in the office; returns how to stop. */
export function hearNews(listener: (news: LiveNews) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
