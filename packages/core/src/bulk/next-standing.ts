import { z } from "zod";
import { contactChannels, type LeadStatus, leadStatusSchema } from "../leads/schema";
import { businessMinutesBetween } from "../office/policy";
import type { BusinessHours } from "../office/schema";
import type { BulkChange } from "./schema";

/** What a change of many leads may touch of a lead, as it is kept to be taken back; times in milliseconds. */
export const standingSchema = z.object({
  status: leadStatusSchema,
  channel: z.enum(contactChannels).nullable(),
  reachedOutAt: z.number().nullable(),
  reachedOutById: z.string().nullable(),
  responseMinutes: z.number().nullable(),
  assigneeId: z.string().nullable(),
  assignedAt: z.number().nullable(),
  updatedAt: z.number(),
});
export type BulkStanding = z.infer<typeof standingSchema>;

interface Wish {
  change: BulkChange;
  /** Who started it. */
  byId: string;
  /** Milliseconds. */
  at: number;
  hours: BusinessHours;
}

/** How a lead stands after the change, or null when it is so already. */
export function nextStanding(
  lead: BulkStanding & { createdAt: number },
  { change, byId, at, hours }: Wish,
): BulkStanding | null {
  const { createdAt, ...now } = lead;
  if (change.kind === "ASSIGN") {
    if (now.assigneeId === change.assigneeId) return null;
    const assignedAt = change.assigneeId === null ? null : at;
    return { ...now, assigneeId: change.assigneeId, assignedAt, updatedAt: at };
  }
  if (now.status === change.status) return null;
  return { ...now, ...contact(change.status), updatedAt: at };

  function contact(status: LeadStatus) {
    if (status === "PENDING")
      return { status, channel: null, reachedOutAt: null, reachedOutById: null, responseMinutes: null };
    const channel = change.kind === "STATUS" ? (change.channel ?? null) : null;
    const responseMinutes = businessMinutesBetween(hours, new Date(createdAt), new Date(at));
    return { status, channel, reachedOutAt: at, reachedOutById: byId, responseMinutes };
  }
}

interface EventInput {
  change: BulkChange;
  bulkId: string;
  isUndo: boolean;
  before: BulkStanding;
  next: BulkStanding;
}

/** What the event of one lead tells, as the events of single changes do. */
export function eventData({ change, bulkId, isUndo, before, next }: EventInput) {
  if (change.kind === "ASSIGN")
    return { assigneeId: next.assigneeId, formerId: before.assigneeId, bulkId, ...(isUndo && { isUndo }) };
  return {
    ...{ from: before.status, to: next.status, channel: next.channel, bulkId },
    ...(isUndo
      ? { isUndo }
      : {
          formerChannel: before.channel,
          formerReachedOutAt: before.reachedOutAt,
          formerReachedOutById: before.reachedOutById,
          formerResponseMinutes: before.responseMinutes,
          formerUpdatedAt: before.updatedAt,
        }),
  };
}
