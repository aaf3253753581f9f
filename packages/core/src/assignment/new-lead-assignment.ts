import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import type { Context } from "../context";
import type { OfficeRules } from "../office/read-office-rules";
import { toSql } from "../sql";

/** Nobody is told apart by more open leads than this: counting costs time. */
const mostCounted = 1000;

/** Whose a new lead becomes, as parts of the statement that writes it. */
export interface NewLeadAssignment {
  /** The id, for the lead's own row. */
  assigneeId: Prisma.Sql;
  assignedAt: Date | null;
  /** Table expressions in front of that of the lead, and after it. The second read `lead (id, assignee_id)`. */
  before: Prisma.Sql[];
  after: Prisma.Sql[];
}

interface AssignmentInput {
  rules: Pick<OfficeRules, "mode" | "takerIds">;
  /** They hear of every lead anyway. */
  teamAddresses: string[];
  at: Date;
}

/**
 * Gives a new lead to the next colleague in turn, or to whoever has the fewest waiting, as the office chose; to nobody when it chose that
 * or when nobody takes leads. Writes the event, and the mail to whoever got it.
 */
export async function newLeadAssignment(
  ctx: Pick<Context, "queue">,
  { rules, teamAddresses, at }: AssignmentInput,
): Promise<NewLeadAssignment> {
  if (rules.mode === "MANUAL" || rules.takerIds.length === 0)
    return { assigneeId: Prisma.sql`NULL::uuid`, assignedAt: null, before: [], after: [] };

  const mailId = uuidv7();
  const job = toSql(await ctx.queue.jobInsert("mail.deliver", [{ data: { mailId } }]));
  return {
    assigneeId: chosenBy[rules.mode](rules.takerIds),
    assignedAt: at,
    before: [Prisma.sql`turn AS (SELECT nextval('public.assignment_turns') AS number)`],
    after: [
      Prisma.sql`assigned_event AS (
        INSERT INTO audit_events (id, type, actor_type, actor_id, lead_id, data, created_at)
        SELECT ${uuidv7()}::uuid, 'lead.assigned', 'system', 'assignment', lead.id,
          jsonb_build_object('assigneeId', lead.assignee_id, 'formerId', NULL), ${at}::timestamptz FROM lead)`,
      Prisma.sql`assigned_mail AS (
        INSERT INTO outbox_mails (id, kind, lead_id, to_address, next_attempt_at, created_at)
        SELECT ${mailId}::uuid, 'LEAD_ASSIGNED', lead.id, person.email, ${at}::timestamptz, ${at}::timestamptz
        FROM lead JOIN users person ON person.id = lead.assignee_id
        WHERE person.wants_own_mail AND person.disabled_at IS NULL AND person.email <> ALL(${teamAddresses}::text[]))`,
      Prisma.sql`assigned_job AS (${job})`,
    ],
  };
}

/** Both take turns, those with equally few waiting among themselves. */
const chosenBy = {
  ROUND_ROBIN: (takerIds: string[]) =>
    Prisma.sql`(SELECT (${takerIds}::uuid[])[1 + number % ${takerIds.length}::int] FROM turn)`,
  LEAST_LOADED: (takerIds: string[]) =>
    Prisma.sql`(SELECT taker.id FROM turn, unnest(${takerIds}::uuid[]) WITH ORDINALITY AS taker (id, place)
      ORDER BY (SELECT count(*) FROM (
          SELECT 1 FROM leads WHERE assignee_id = taker.id AND status = 'PENDING' LIMIT ${mostCounted}) AS waiting),
        (taker.place + turn.number) % ${takerIds.length}::int
      LIMIT 1)`,
};
