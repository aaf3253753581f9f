import { z } from "zod";
import type { LeadTrail } from "./lead-trail";
import { pickAddress, placeSchema } from "./leads-address";

const key = "intake-trail";
/** Leads around the current one; the tab's storage is small. */
const most = 2_000;

const trailSchema = z.object({
  address: z.record(z.string(), z.unknown()).transform(pickAddress),
  place: placeSchema,
  ids: z.array(z.uuid()).min(1).max(most),
  idsByResume: z.array(z.uuid()).max(most),
  nextCursor: z.string().nullable(),
  prevCursor: z.string().nullable(),
  offset: z.int().min(0).nullable(),
  total: z.int().min(0),
  totalIsExact: z.boolean(),
  currentId: z.uuid(),
});

/** Keeps the trail for a reload of this tab, ids and the address only. */
export function keepTrail(trail: LeadTrail): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(nearCurrent(trail)));
  } catch {
    // Storage refused or full: the trail then lasts as long as the page.
  }
}

/** What this tab kept before it was loaded anew; null when that is nothing, or nothing we could have written. */
export function recallTrail(): LeadTrail | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    return trailSchema.safeParse(kept).data ?? null;
  } catch {
    return null;
  }
}

export function forgetTrail(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Storage refused: nothing was kept.
  }
}

/** The part of a long trail that is likely to be walked; where it was cut it ends. */
function nearCurrent(trail: LeadTrail): LeadTrail {
  if (trail.ids.length <= most) return trail;
  const at = trail.ids.indexOf(trail.currentId);
  const from = Math.min(Math.max(0, at - most / 2), trail.ids.length - most);
  const ids = trail.ids.slice(from, from + most);
  return {
    ...trail,
    ids,
    idsByResume: trail.idsByResume.filter((id) => ids.includes(id)),
    offset: trail.offset === null ? null : trail.offset + from,
    prevCursor: from === 0 ? trail.prevCursor : null,
    nextCursor: from + most === trail.ids.length ? trail.nextCursor : null,
  };
}
