import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { noteInserts } from "../notes/note-inserts";
import { queryPreparedRows } from "../sql";
import { findLead } from "./get-lead";
import { decideStatusChange } from "./policy";
import { countResponseMinutes } from "./response-minutes";
import type { Lead, UpdateLeadStatus } from "./schema";
import { findUndoable, formerFacts, readStanding, type Standing } from "./status-standing";

/**
 * Sets a lead's status (PRD 2.3), and with it who reached out, when and after how many business minutes. Setting the status it has already
 * changes nothing and writes no event (detail 4.48). Setting back one's own fresh change without a word takes it back: everything is as
 * before, and the audit shows both (detail 4.49). Throws NOT_FOUND, FORBIDDEN, or CONFLICT with the current lead when `version` is not
 * the newest (detail 4.50).
 */
export async function updateLeadStatus(ctx: StaffContext, input: UpdateLeadStatus): Promise<Lead> {
  const { lead, standing } = await readStanding(ctx, input.leadId);
  if (input.version !== undefined && input.version !== lead.version) throw staleVersion(lead);
  const decision = decideStatusChange(ctx.actor.user, lead.status, input.status);
  if (!decision.allowed) throw new AppError("FORBIDDEN", "Your role can read leads but not change them.");
  if (!decision.changes) return lead;

  const isBare = input.channel === undefined && input.note === undefined;
  const undoable = isBare ? await findUndoable(ctx, lead) : null;
  const next = undoable ?? (await newStanding(ctx, lead, input));
  const type = undoable || input.status === "REACHED_OUT" ? "lead.status_changed" : "lead.reverted";
  const changed = await writeStatus(ctx, { lead, standing, next, input, type, isUndo: undoable !== null });
  if (changed) {
    ctx.live.tell({ leadId: lead.id, kind: "changed" });
    return changed;
  }
  const current = await findLead(ctx, input.leadId);
  if (!current) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
  // Someone was faster: the same wish is fulfilled, another wish must be decided by the person.
  if (current.status === input.status && input.version === undefined) return current;
  throw staleVersion(current);
}

interface StatusWrite {
  lead: Lead;
  standing: Standing;
  next: Standing;
  input: UpdateLeadStatus;
  type: "lead.status_changed" | "lead.reverted";
  isUndo: boolean;
}

/** Status, event and note in one statement, which is one transaction: nothing is written unless the version still fits. */
async function writeStatus(ctx: StaffContext, write: StatusWrite): Promise<Lead | null> {
  const { lead, standing, next, input, type, isUndo } = write;
  const data = {
    ...{ from: lead.status, to: input.status, channel: next.channel },
    ...(isUndo ? { isUndo } : formerFacts(standing)),
  };
  const event = eventInsert(ctx, { type, leadId: lead.id, data }, Prisma.sql`FROM changed`);
  const note =
    input.note === undefined
      ? []
      : await noteInserts(
          ctx,
          { leadId: lead.id, noteId: uuidv7(), eventId: event.id, body: input.note },
          Prisma.sql`FROM changed`,
        );
  const changed = await queryPreparedRows<{ id: string }>(
    ctx.db,
    Prisma.sql`WITH changed AS (
      UPDATE leads SET status = ${input.status}::lead_status, contact_channel = ${next.channel}::contact_channel,
        reached_out_at = ${next.reachedOutAt}::timestamptz, reached_out_by_id = ${next.reachedOutById}::uuid,
        response_minutes = ${next.responseMinutes}::int, version = version + 1, updated_at = ${next.updatedAt}::timestamptz
      WHERE id = ${lead.id}::uuid AND version = ${lead.version} RETURNING id
    ), ${Prisma.join([Prisma.sql`event AS (${event.sql})`, ...note])}
    SELECT id FROM changed`,
  );
  if (changed.length === 0) return null;
  return {
    ...lead,
    status: input.status,
    version: lead.version + 1,
    updatedAt: next.updatedAt.toISOString(),
    reachedOutAt: next.reachedOutAt?.toISOString() ?? null,
    responseMinutes: next.responseMinutes,
  };
}

/** How a lead stands when this is no taking back: reached out now and by whom asks, or not at all any more. */
async function newStanding(ctx: StaffContext, lead: Lead, input: UpdateLeadStatus): Promise<Standing> {
  const updatedAt = ctx.now();
  if (input.status === "PENDING") {
    return { channel: null, reachedOutAt: null, reachedOutById: null, responseMinutes: null, updatedAt };
  }
  return {
    channel: input.channel ?? null,
    reachedOutAt: updatedAt,
    reachedOutById: ctx.actor.user.id,
    responseMinutes: await countResponseMinutes(ctx, new Date(lead.createdAt)),
    updatedAt,
  };
}

function staleVersion(current: Lead): AppError {
  return new AppError("CONFLICT", "Someone changed this lead after you opened it.", { current });
}
