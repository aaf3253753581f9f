import type { LiveNews } from "@intake/core/live/schema";
import type { Query, QueryClient } from "@tanstack/react-query";

/** Numbers that many changes touch are asked for at most this often, in milliseconds. */
const countMilliseconds = 1_000;

/** Procedures whose answers count leads. Lists are not among them: rows must not jump under the reader (`use-live-leads.ts`). */
const counting = new Set(["leads.totals", "views.list", "reports.attention"]);

/** Asks again for what is on the screen about the leads that changed; what is out of sight waits until somebody looks. */
export function refreshQueries(queryClient: QueryClient) {
  let resting: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;

  function refreshWhere(predicate: (query: Query) => boolean): void {
    const refetchType = document.visibilityState === "hidden" ? "none" : "active";
    void queryClient.invalidateQueries({ predicate, refetchType });
  }

  /** The first change is counted at once, those that follow soon are counted together. */
  function recount(): void {
    if (resting !== undefined) {
      isDue = true;
      return;
    }
    isDue = false;
    refreshWhere((query) => counting.has(pathOf(query)));
    resting = setTimeout(() => {
      resting = undefined;
      if (isDue) recount();
    }, countMilliseconds);
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
      if (told.some(({ kinds }) => kinds.some((kind) => kind === "created" || kind === "changed"))) recount();
    },
    stop: () => clearTimeout(resting),
  };
}

/** The procedure of a query, as `leads.byId`; empty for anything that is none of tRPC's. */
function pathOf({ queryKey }: Pick<Query, "queryKey">): string {
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
