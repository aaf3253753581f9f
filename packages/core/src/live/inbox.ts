import type { ChangeKind, LiveNews } from "./schema";

/** More leads than this at once are not listed: who is told asks for everything anew. */
const maxListed = 200;

/** News that wait for a reader, merged: a slow reader costs no more memory than a quick one. */
export function createInbox() {
  let waiting = new Map<string, Set<ChangeKind>>();
  let isMany = false;
  let upTo: number | undefined;
  let end: { error?: Error } | null = null;
  let wake: (() => void) | undefined;

  function add(news: LiveNews): void {
    isMany ||= news.isMany;
    if (news.upTo !== undefined) upTo = Math.max(upTo ?? 0, news.upTo);
    for (const { leadId, kinds } of news.changes) {
      waiting.set(leadId, new Set([...(waiting.get(leadId) ?? []), ...kinds]));
    }
    if (waiting.size > maxListed) isMany = true;
    if (isMany) waiting.clear();
    wake?.();
  }

  function takeAll(): LiveNews {
    const changes = [...waiting].map(([leadId, kinds]) => ({ leadId, kinds: [...kinds] }));
    const news = { changes, isMany, ...(upTo !== undefined && { upTo }) };
    waiting = new Map();
    isMany = false;
    upTo = undefined;
    return news;
  }

  return {
    add,
    /** Nothing comes any more; the reader gets the error, or just the end. */
    close(error?: Error): void {
      end ??= error ? { error } : {};
      wake?.();
    },
    /** What has come, as soon as something has; null at the end. */
    async take(): Promise<LiveNews | null> {
      while (!end && !isMany && waiting.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (end?.error) throw end.error;
      return end ? null : takeAll();
    },
  };
}
