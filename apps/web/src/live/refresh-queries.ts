import type { LiveNews } from "@intake/core/live/schema";
import type { Query, QueryClient } from "@tanstack/react-query";

/** Numbers that many changes touch are asked for at most this often, in milliseconds. */
const countMilliseconds = 1_000;

/** Procedures whose answers count leads. Lists are not among them: rows must not jump under the reader (`use-live-leads.ts`). */
const counting = new Set(["leads.totals", "views.list", "reports.attention"]);

/** Asks again for what is on the screen about the leads that changed; what is out of sight waits until somebody looks. */
export function refreshQueries(queryClient: QueryClient) {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function refreshWhere(predicate: (query: Query) => boolean): void {
    const refetchType = document.visibilityState === "hidden" ? "none" : "active";
    void queryClient.invalidateQueries({ predicate, refetchType });
  }

  return {
    take(news: LiveNews): void {
      if (news.isMany) {
        refreshWhere(() => true);
        return;
      }
      const told = news.changes.filter(({ kinds }) => kinds.some((kind) => kind !== "presence"));
      const changed = new Set(told.map(({ leadId }) => leadId));
      const met = new Set(news.changes.map(({ leadId }) => leadId));
      refreshWhere((query) => {
        const leadId = leadOf(query);
        return leadId !== null && (pathOf(query) === "presence.company" ? met : changed).has(leadId);
      });
      const counts = told.some(({ kinds }) => kinds.some((kind) => kind === "created" || kind === "changed"));
      if (!counts) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        refreshWhere((query) => counting.has(pathOf(query)));
      }, countMilliseconds);
    },
    stop: () => clearTimeout(timer),
  };
}

/** The procedure of a query, as `leads.byId`; empty for anything that is none of tRPC's. */
export function pathOf({ queryKey }: Pick<Query, "queryKey">): string {
  const [path] = queryKey;
  return Array.isArray(path) ? path.join(".") : "";
}

function leadOf({ queryKey }: Query): string | null {
  const options = queryKey[1];
  if (typeof options !== "object" || options === null || !("input" in options)) return null;
  const { input } = options;
  if (typeof input !== "object" || input === null || !("leadId" in input)) return null;
  return typeof input.leadId === "string" ? input.leadId : null;
}
