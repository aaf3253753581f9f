import { Prisma } from "@intake/db/database";
import { z } from "zod";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { queryPreparedRows } from "../sql";
import { type LeadRow, leadColumns, leadTables, toLead } from "./lead-row";
import { undoGraceSeconds } from "./policy";
import { contactChannels, type Lead } from "./schema";

/** What goes with a lead's status. */
export interface Standing {
  channel: (typeof contactChannels)[number] | null;
  reachedOutAt: Date | null;
  reachedOutById: string | null;
  /** Business minutes from arrival to the first contact. */
  responseMinutes: number | null;
  updatedAt: Date;
}

/** The lead and what goes with its status. Throws NOT_FOUND. */
export async function readStanding(
  ctx: Pick<StaffContext, "db">,
  leadId: string,
): Promise<{ lead: Lead; standing: Standing }> {
  const rows = await queryPreparedRows<
    LeadRow & { contact_channel: Standing["channel"]; reached_out_by_id: string | null }
  >(
    ctx.db,
    Prisma.sql`SELECT ${leadColumns}, l.contact_channel, l.reached_out_by_id FROM ${leadTables} WHERE l.id = ${leadId}::uuid`,
  );
  const row = rows[0];
  if (!row) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
  return {
    lead: toLead(row),
    standing: {
      channel: row.contact_channel,
      reachedOutAt: row.reached_out_at,
      reachedOutById: row.reached_out_by_id,
      responseMinutes: row.response_minutes,
      updatedAt: row.updated_at,
    },
  };
}

/** A standing as the event that ends it keeps it: ids, enums and numbers; times in milliseconds. */
export function formerFacts(standing: Standing) {
  return {
    formerChannel: standing.channel,
    formerReachedOutAt: standing.reachedOutAt?.getTime() ?? null,
    formerReachedOutById: standing.reachedOutById,
    formerResponseMinutes: standing.responseMinutes,
    formerUpdatedAt: standing.updatedAt.getTime(),
  };
}

const formerFactsSchema = z.object({
  formerChannel: z.enum(contactChannels).nullable(),
  formerReachedOutAt: z.number().nullable(),
  formerReachedOutById: z.string().nullable(),
  formerResponseMinutes: z.number().nullable(),
  formerUpdatedAt: z.number(),
});

/**
 * The standing from before the newest change of a lead's status, if whoever asks made that change within the last minute and nobody
 * took it back already; else null. Asks the audit only about leads that were touched so recently.
 */
export async function findUndoable(ctx: StaffContext, lead: Lead): Promise<Standing | null> {
  const now = ctx.now();
  const since = new Date(now.getTime() - undoGraceSeconds * 1000);
  if (new Date(lead.updatedAt) < since) return null;
  const { actor } = ctx;
  const rows = await queryPreparedRows<{ created_at: Date; data: unknown; is_own: boolean; to: string }>(
    ctx.db,
    Prisma.sql`SELECT created_at, data, data->>'to' AS to, COALESCE(actor_id = ${actor.type === "user" ? actor.user.id : actor.keyId}, false) AS is_own
      FROM audit_events
      WHERE lead_id = ${lead.id}::uuid AND type IN ('lead.status_changed', 'lead.reverted') AND created_at >= ${since}::timestamptz
      ORDER BY created_at DESC, id DESC LIMIT 1`,
  );
  const change = rows[0];
  const former = formerFactsSchema.safeParse(change?.data).data;
  if (!change?.is_own || change.to !== lead.status || !former) return null;
  const isUntouchedSince = change.created_at.getTime() === new Date(lead.updatedAt).getTime();
  return {
    channel: former.formerChannel,
    reachedOutAt: former.formerReachedOutAt === null ? null : new Date(former.formerReachedOutAt),
    reachedOutById: former.formerReachedOutById,
    responseMinutes: former.formerResponseMinutes,
    updatedAt: isUntouchedSince ? new Date(former.formerUpdatedAt) : now,
  };
}
