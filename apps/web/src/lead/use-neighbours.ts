import { trpc } from "@intake/client/react";
import { useNavigate } from "@tanstack/react-router";
import { idsByResume, type LeadTrail, setTrail, termFor, useTrail } from "../leads/lead-trail";
import { toQuery } from "../leads/leads-address";

/** Next and previous lead of the list this one was opened from, over the ends of its page; undefined where there is none. */
export function useNeighbours(leadId: string) {
  const trail = useTrail();
  const utils = trpc.useUtils();
  const navigate = useNavigate();
  const at = trail?.ids.indexOf(leadId) ?? -1;
  if (!trail || at === -1) return { trail: null, position: null, goPrevious: undefined, goNext: undefined };

  // Replaces the entry: Back leads to the list, however many leads were walked through.
  const go = (list: LeadTrail, id: string) => {
    setTrail({ ...list, currentId: id });
    return navigate({
      to: "/leads/$leadId",
      params: { leadId: id },
      search: termFor(list, id),
      replace: true,
    });
  };

  async function fetchPage(list: LeadTrail, cursor: string) {
    const { page: _, ...query } = toQuery(list.place);
    const page = await utils.leads.list.fetch({ ...query, cursor });
    return { page, ids: page.items.map(({ id }) => id).filter((id) => !list.ids.includes(id)) };
  }

  async function goBeyondEnd(list: LeadTrail, cursor: string): Promise<void> {
    const { page, ids } = await fetchPage(list, cursor);
    const next = ids[0];
    if (!next) return;
    const longer = {
      ...list,
      ids: [...list.ids, ...ids],
      idsByResume: [...list.idsByResume, ...idsByResume(page)],
      nextCursor: page.nextCursor,
    };
    await go(longer, next);
  }

  async function goBeforeStart(list: LeadTrail, cursor: string): Promise<void> {
    const { page, ids } = await fetchPage(list, cursor);
    const previous = ids.at(-1);
    if (!previous) return;
    const longer = {
      ...list,
      ids: [...ids, ...list.ids],
      idsByResume: [...idsByResume(page), ...list.idsByResume],
      prevCursor: page.prevCursor,
      offset: list.offset === null ? null : Math.max(0, list.offset - ids.length),
    };
    await go(longer, previous);
  }

  const previous = trail.ids[at - 1];
  const next = trail.ids[at + 1];
  const { nextCursor, prevCursor } = trail;
  const beyond = nextCursor === null ? undefined : () => void goBeyondEnd(trail, nextCursor);
  const before = prevCursor === null ? undefined : () => void goBeforeStart(trail, prevCursor);
  return {
    trail,
    /** From 1; null when the page's number is unknown. */
    position: trail.offset === null ? null : trail.offset + at + 1,
    goPrevious: previous ? () => void go(trail, previous) : before,
    goNext: next ? () => void go(trail, next) : beyond,
  };
}
