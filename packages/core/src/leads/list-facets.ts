import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import { queryRows } from "../sql";
import { isOpenResume } from "./lead-row";
import type { ListLeads } from "./schema";

/** Up to so many leads it is faster to fetch and sort them than to walk the list until enough have come by. */
const maxRare = 5000;

/** State of the receipt to the prospect of `leads l`, or null. */
export const receiptState = Prisma.sql`(SELECT m.state FROM outbox_mails m
  WHERE m.lead_id = l.id AND m.kind = 'LEAD_RECEIPT' ORDER BY m.id DESC LIMIT 1)`;

/** Whether a person has yet to read `leads l`; leads from before their account are read unless they say otherwise. */
export function isUnreadBy(userId: string): Prisma.Sql {
  return Prisma.sql`coalesce(
    (SELECT NOT m.is_read FROM lead_reads m WHERE m.user_id = ${userId}::uuid AND m.lead_id = l.id),
    l.created_at >= (SELECT u.created_at FROM users u WHERE u.id = ${userId}::uuid))`;
}

/** Whether conditions of these filters are about `resumes r`. */
export function asksForResumes(input: ListLeads): boolean {
  return input.scan !== undefined || input.hasResume !== undefined;
}

/** Conditions about what belongs to a lead, for `leadTables`. What is rare is looked up first and named by id. */
export async function facetConditions(
  ctx: Pick<StaffContext, "db" | "actor">,
  input: ListLeads,
): Promise<Prisma.Sql[]> {
  const conditions = await Promise.all([
    input.assignee === "nobody" && nobodysCondition(ctx),
    input.scan && scanCondition(ctx, input.scan),
    input.hasResume !== undefined && resumeCondition(ctx, input.hasResume),
    input.mail && mailCondition(ctx, input.mail),
    input.hasNote !== undefined && noteCondition(ctx, input.hasNote),
    input.unread !== undefined && unreadCondition(ctx, input.unread),
  ]);
  return conditions.filter((condition) => condition instanceof Prisma.Sql);
}

type FacetContext = Pick<StaffContext, "db" | "actor">;

/** As `isNobodys`, with the ids of who has left as values: only of values PostgreSQL knows how many leads they have. */
async function nobodysCondition(ctx: FacetContext): Promise<Prisma.Sql> {
  const left = await queryRows<{ id: string }>(
    ctx.db,
    Prisma.sql`SELECT id FROM users WHERE disabled_at IS NOT NULL`,
  );
  const ids = left.map(({ id }) => id);
  return Prisma.sql`(l.assignee_id IS NULL OR l.assignee_id = ANY (${ids}::uuid[]))`;
}

async function scanCondition(ctx: FacetContext, state: NonNullable<ListLeads["scan"]>): Promise<Prisma.Sql> {
  // In the order of an index, so that a common state does not make PostgreSQL read the whole table.
  return amongRare(ctx, {
    found: Prisma.sql`SELECT lead_id FROM resumes WHERE scan_state = ${state}::scan_state ORDER BY scanned_with`,
    condition: Prisma.sql`r.scan_state = ${state}::scan_state`,
  });
}

async function resumeCondition(ctx: FacetContext, isOpen: boolean): Promise<Prisma.Sql> {
  if (isOpen) return isOpenResume;
  return amongRare(ctx, {
    found: Prisma.sql`SELECT lead_id FROM resumes WHERE scan_state IN ('PENDING', 'INFECTED', 'UNSCANNABLE')`,
    condition: Prisma.sql`${isOpenResume} IS NOT TRUE`,
  });
}

async function mailCondition(ctx: FacetContext, state: NonNullable<ListLeads["mail"]>): Promise<Prisma.Sql> {
  const states = state === "UNDELIVERED" ? ["SUPPRESSED", "FAILED"] : [state];
  const condition = Prisma.sql`${receiptState} = ANY(${states}::mail_state[])`;
  if (state === "SENT") return condition;
  // Only of leads whose newest receipt it is, so that nothing is asked again for each of them.
  const newer = Prisma.sql`SELECT FROM outbox_mails n WHERE n.lead_id = m.lead_id AND n.kind = 'LEAD_RECEIPT' AND n.id > m.id`;
  return amongRare(ctx, {
    found: Prisma.sql`SELECT m.lead_id FROM outbox_mails m
      WHERE m.kind = 'LEAD_RECEIPT' AND m.state = ANY(${states}::mail_state[]) AND NOT EXISTS (${newer})`,
    condition,
    isExact: true,
  });
}

async function noteCondition(ctx: FacetContext, hasNote: boolean): Promise<Prisma.Sql> {
  const condition = Prisma.sql`EXISTS (SELECT 1 FROM lead_notes n WHERE n.lead_id = l.id)`;
  if (!hasNote) return Prisma.sql`NOT ${condition}`;
  return amongRare(ctx, {
    found: Prisma.sql`SELECT DISTINCT lead_id FROM lead_notes`,
    condition,
    isExact: true,
  });
}

async function unreadCondition(ctx: FacetContext, isUnread: boolean): Promise<Prisma.Sql> {
  const { id } = ctx.actor.user;
  const condition = isUnreadBy(id);
  if (!isUnread) return Prisma.sql`NOT ${condition}`;
  // Nothing older can be unread: without this bound the whole list would be walked for the last of a few.
  const [row] = await queryRows<{ since: Date }>(
    ctx.db,
    Prisma.sql`SELECT least(u.created_at, (
        SELECT min(l.created_at) FROM lead_reads m JOIN leads l ON l.id = m.lead_id
        WHERE m.user_id = u.id AND NOT m.is_read
      )) AS since FROM users u WHERE u.id = ${id}::uuid`,
  );
  return row ? Prisma.sql`(l.created_at >= ${row.since} AND ${condition})` : condition;
}

/** The condition, and the leads that can fulfil it by their ids when they are few; their ids alone when all that were found do. */
async function amongRare(
  ctx: Pick<StaffContext, "db">,
  { found, condition, isExact }: { found: Prisma.Sql; condition: Prisma.Sql; isExact?: boolean },
): Promise<Prisma.Sql> {
  const rows = await queryRows<{ lead_id: string }>(ctx.db, Prisma.sql`${found} LIMIT ${maxRare + 1}`);
  if (rows.length > maxRare) return condition;
  const leadIds = rows.map((row) => row.lead_id);
  const isAmong = Prisma.sql`l.id = ANY(${leadIds}::uuid[])`;
  return isExact ? isAmong : Prisma.sql`(${isAmong} AND ${condition})`;
}
