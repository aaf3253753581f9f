import { trpc } from "@intake/client/react";
import { useNavigate } from "@tanstack/react-router";
import { idsByResume, setTrail, termFor, useTrail } from "../leads/lead-trail";
import { toQuery } from "../leads/leads-address";

/** Next and previous lead of the list this one was opened from; undefined where there is none. */
export function useNeighbours(leadId: string) {
  const trail = useTrail();
  const utils = trpc.useUtils();
  const navigate = useNavigate();
  const at = trail?.ids.indexOf(leadId) ?? -1;
  if (!trail || at === -1) return { trail: null, position: null, goPrevious: undefined, goNext: undefined };

  // Replaces the entry: Back leads to the list, however many leads were walked through.
  const go = (id: string) => {
    setTrail({ ...trail, currentId: id });
    return navigate({
      to: "/leads/$leadId",
      params: { leadId: id },
      search: termFor(trail, id),
      replace: true,
    });
  };

  async function fetchNext(cursor: string): Promise<void> {
    if (!trail) return;
    const page = await utils.leads.list.fetch({ ...toQuery(trail.place), cursor });
    const ids = [...trail.ids, ...page.items.map((lead) => lead.id).filter((id) => !trail.ids.includes(id))];
    const next = ids[at + 1];
    if (!next) return;
    const longer = {
      ...{ ...trail, ids, nextCursor: page.nextCursor, currentId: next },
      idsByResume: [...trail.idsByResume, ...idsByResume(page)],
    };
    setTrail(longer);
    await navigate({
      ...{ to: "/leads/$leadId", params: { leadId: next }, search: termFor(longer, next) },
      replace: true,
    });
  }

  const previous = trail.ids[at - 1];
  const next = trail.ids[at + 1];
  const { nextCursor } = trail;
  const fetchAndGo = nextCursor === null ? undefined : () => void fetchNext(nextCursor);
  return {
    trail,
    /** From 1; null when the page's number is unknown. */
    position: trail.offset === null ? null : trail.offset + at + 1,
    goPrevious: previous ? () => void go(previous) : undefined,
    goNext: next ? () => void go(next) : fetchAndGo,
  };
}
