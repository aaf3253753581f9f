import type { LiveNews } from "../live/schema";
import type { Live, LiveChange } from "../ports/live";

/** Keeps what was told, and hands it on at once within this process. */
export function createFakeLive(): Live & { told: LiveChange[] } {
  const listeners = new Set<(news: LiveNews) => void>();
  const told: LiveChange[] = [];
  return {
    told,
    stopping: new AbortController().signal,
    tell(change) {
      told.push(change);
      const news: LiveNews =
        change.kind === "many"
          ? { changes: [], isMany: true }
          : { changes: [{ leadId: change.leadId, kinds: [change.kind] }], isMany: false };
      for (const listener of listeners) listener(news);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
