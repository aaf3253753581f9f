import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { queryPreparedRows } from "../sql";
import { findLead, getLead } from "./get-lead";
import { decideStatusChange } from "./policy";
import type { Lead, UpdateLeadStatus } from "./schema";

/**
 * Sets a lead's status (PRD 2.3). Setting the status it has already changes nothing and writes no event (detail 4.48).
 * Throws NOT_FOUND, FORBIDDEN, or CONFLICT with the current lead when `version` is not the newest (detail 4.50).
 */
export async function updateLeadStatus(ctx: StaffContext, input: UpdateLeadStatus): Promise<Lead> {
  const lead = await getLead(ctx, input.leadId);
  if (input.version !== undefined && input.version !== lead.version) throw staleVersion(lead);
  const decision = decideStatusChange(ctx.actor.user, lead.status, input.status);
  if (!decision.allowed) throw new AppError("FORBIDDEN", "Your role can read leads but not change them.");
  if (!decision.changes) return lead;

  const changed = await writeStatus(ctx, lead, input);
  if (changed) return changed;
  const current = await findLead(ctx, input.leadId);
  if (!current) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
  // Someone was faster: the same wish is fulfilled, another wish must be decided by the person.
  if (current.status === input.status && input.version === undefined) return current;
  throw staleVersion(current);
}

/** Status, event and note in one statement, which is one transaction: nothing is written unless the version still fits. */
async function writeStatus(ctx: StaffContext, lead: Lead, input: UpdateLeadStatus): Promise<Lead | null> {
  const at = ctx.now();
  const channel = input.status === "REACHED_OUT" ? (input.channel ?? null) : null;
  const event = eventInsert(
    ctx,
    { type: "lead.status_changed", leadId: lead.id, data: { from: lead.status, to: input.status, channel } },
    Prisma.sql`FROM changed`,
  );
  const note =
    input.note === undefined
      ? Prisma.empty
      : Prisma.sql`, note AS (INSERT INTO lead_notes (id, lead_id, event_id, author_id, body, created_at)
          SELECT ${uuidv7()}::uuid, id, ${event.id}::uuid, ${ctx.actor.user.id}::uuid, ${input.note}, ${at}::timestamptz FROM changed)`;
  const changed = await queryPreparedRows<{ id: string }>(
    ctx.db,
    Prisma.sql`WITH changed AS (
      UPDATE leads SET status = ${input.status}::lead_status, contact_channel = ${channel}::contact_channel,
        version = version + 1, updated_at = ${at}
      WHERE id = ${lead.id}::uuid AND version = ${lead.version} RETURNING id
    ), event AS (${event.sql}) ${note}
    SELECT id FROM changed`,
  );
  if (changed.length === 0) return null;
  return { ...lead, status: input.status, version: lead.version + 1, updatedAt: at.toISOString() };
}

function staleVersion(current: Lead): AppError {
  return new AppError("CONFLICT", "Someone changed this lead after you opened it.", { current });
}
