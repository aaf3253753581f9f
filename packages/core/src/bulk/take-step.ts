import { Prisma, type Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { canBeAssigned } from "../assignment/policy";
import type { Role } from "../auth/schema";
import type { Context } from "../context";
import type { BusinessHours } from "../office/schema";
import { type BulkStanding, eventData, nextStanding, standingSchema } from "./next-standing";
import { lackedPermission } from "./policy";
import { type BulkChange, bulkChangeSchema } from "./schema";
import { finishBulk } from "./undo-bulk";

/** Leads changed in one transaction: few, so that nobody who changes one of them waits. */
const stepSize = 100;

interface Action {
  id: string;
  change: BulkChange;
  undoesId: string | null;
  startedById: string;
}

interface OpenChange extends BulkStanding {
  leadId: string;
  createdAt: number;
  isUntouched: boolean;
  /** What the lead was before the change that is taken back. */
  former: unknown;
}

/**
 * Changes the next leads of an action, each with its event, and counts them, in one transaction: it can be killed at any moment and taken
 * up again, and two workers at once take turns. Returns the ids of the changed leads, or null when there is nothing left to do.
 */
export async function takeStep(
  ctx: Context,
  { bulkId, hours }: { bulkId: string; hours: BusinessHours },
): Promise<string[] | null> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const action = await lockAction(tx, bulkId);
    if (!action) return null;
    if (!(await mayGoOn(tx, action))) {
      await finishBulk(ctx, tx, { bulkId, state: "FAILED" });
      return null;
    }
    const open = await lockLeads(tx, action);
    if (open.length === 0) {
      await finishBulk(ctx, tx, { bulkId, state: "DONE" });
      return null;
    }
    const at = ctx.now();
    const steps = open.map((lead) => decide(lead, { action, hours, at: at.getTime() }));
    return writeSteps(tx, { action, steps, at });
  });
}

async function lockAction(tx: Transaction, bulkId: string): Promise<Action | null> {
  const [row] = await tx.$queryRaw<{ change: unknown; undoes_id: string | null; started_by_id: string }[]>(
    Prisma.sql`SELECT change, undoes_id, started_by_id FROM bulk_actions
      WHERE id = ${bulkId}::uuid AND finished_at IS NULL FOR UPDATE`,
  );
  if (!row) return null;
  return {
    id: bulkId,
    change: bulkChangeSchema.parse(row.change),
    undoesId: row.undoes_id,
    startedById: row.started_by_id,
  };
}

/** Whoever started it must still be allowed to, and whoever gets the leads still be there. */
async function mayGoOn(tx: Transaction, { change, startedById, undoesId }: Action): Promise<boolean> {
  const findRole = async (id: string): Promise<Role | null> => {
    const person = await tx.user.findUnique({ where: { id, disabledAt: null }, select: { role: true } });
    return person?.role ?? null;
  };
  const role = await findRole(startedById);
  if (role === null || lackedPermission({ role, seesResumes: false }, change) !== null) return false;
  if (change.kind === "STATUS" || change.assigneeId === null || undoesId !== null) return true;
  const assigneeRole = await findRole(change.assigneeId);
  return assigneeRole !== null && canBeAssigned(assigneeRole);
}

function lockLeads(tx: Transaction, { id, undoesId }: Action): Promise<OpenChange[]> {
  const milliseconds = (column: Prisma.Sql) =>
    Prisma.sql`round(extract(epoch FROM ${column}) * 1000)::float8`;
  return tx.$queryRaw<OpenChange[]>(
    Prisma.sql`SELECT c.lead_id AS "leadId", l.version = c.version_before AS "isUntouched", l.status::text,
        l.contact_channel::text AS channel, ${milliseconds(Prisma.sql`l.reached_out_at`)} AS "reachedOutAt",
        l.reached_out_by_id AS "reachedOutById", l.response_minutes AS "responseMinutes", l.assignee_id AS "assigneeId",
        ${milliseconds(Prisma.sql`l.assigned_at`)} AS "assignedAt", ${milliseconds(Prisma.sql`l.updated_at`)} AS "updatedAt",
        ${milliseconds(Prisma.sql`l.created_at`)} AS "createdAt",
        (SELECT o.before FROM bulk_changes o WHERE o.bulk_id = ${undoesId}::uuid AND o.lead_id = c.lead_id) AS former
      FROM bulk_changes c JOIN leads l ON l.id = c.lead_id
      WHERE c.bulk_id = ${id}::uuid AND c.is_changed IS NULL ORDER BY c.lead_id LIMIT ${stepSize} FOR UPDATE OF l`,
  );
}

/** One lead's part of a step; `next` is null when it is left alone. */
interface Step {
  leadId: string;
  eventId: string;
  before: BulkStanding;
  next: BulkStanding | null;
  data: object | null;
}

function decide(
  { leadId, isUntouched, former, ...lead }: OpenChange,
  { action, hours, at }: { action: Action; hours: BusinessHours; at: number },
): Step {
  const { change, undoesId, startedById: byId } = action;
  const before = standingSchema.parse(lead);
  const isUndo = undoesId !== null;
  const wished = isUndo ? standingSchema.parse(former) : nextStanding(lead, { change, byId, at, hours });
  const next = isUntouched ? wished : null;
  const data = next && eventData({ change, bulkId: action.id, isUndo, before, next });
  return { leadId, eventId: uuidv7(), before, next, data };
}

async function writeSteps(
  tx: Transaction,
  { action, steps, at }: { action: Action; steps: Step[]; at: Date },
): Promise<string[]> {
  const time = (name: string) => Prisma.sql`to_timestamp((s.next->>${name}::text)::float8 / 1000)`;
  const type = action.change.kind === "STATUS" ? "lead.status_changed" : "lead.assigned";
  const rows = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`WITH step AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(steps)}::jsonb)
        AS s("leadId" uuid, "eventId" uuid, before jsonb, next jsonb, data jsonb)
    ), changed AS (
      UPDATE leads l SET status = (s.next->>'status')::lead_status, contact_channel = (s.next->>'channel')::contact_channel,
        reached_out_at = ${time("reachedOutAt")}, reached_out_by_id = (s.next->>'reachedOutById')::uuid,
        response_minutes = (s.next->>'responseMinutes')::int, assignee_id = (s.next->>'assigneeId')::uuid,
        assigned_at = ${time("assignedAt")}, updated_at = ${time("updatedAt")}, version = l.version + 1
      FROM step s WHERE l.id = s."leadId" AND jsonb_typeof(s.next) = 'object' RETURNING l.id, l.version
    ), told AS (
      INSERT INTO audit_events (id, type, actor_type, actor_id, lead_id, data, created_at)
      SELECT s."eventId", ${type}, 'user', ${action.startedById}, s."leadId", s.data, ${at}::timestamptz
      FROM step s JOIN changed c ON c.id = s."leadId"
    ), noted AS (
      UPDATE bulk_changes b SET is_changed = c.id IS NOT NULL, before = s.before, version_after = c.version
      FROM step s LEFT JOIN changed c ON c.id = s."leadId"
      WHERE b.bulk_id = ${action.id}::uuid AND b.lead_id = s."leadId" RETURNING b.is_changed
    ), counted AS (
      UPDATE bulk_actions SET state = 'RUNNING', worked_at = ${at}::timestamptz,
        done = done + (SELECT count(*) FROM noted WHERE is_changed),
        skipped = skipped + (SELECT count(*) FROM noted WHERE NOT is_changed)
      WHERE id = ${action.id}::uuid
    )
    SELECT id FROM changed`,
  );
  return rows.map(({ id }) => id);
}
