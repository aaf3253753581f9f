import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import { isNobodys } from "../leads/is-nobodys";
import { businessMinutesBetween } from "../office/policy";
import { readOfficeRules } from "../office/read-office-rules";
import { queryPreparedRows } from "../sql";
import type { Attention } from "./schema";

/** Counting stops here: whoever has so many waiting needs no exact number. */
const mostCounted = 1000;
/** How far back a receipt that did not arrive is still somebody's task, in days. */
const undeliveredDays = 90;

interface NamedRow {
  id: string;
  firstName: string;
  lastName: string;
}

const named = Prisma.sql`l.id, l.first_name AS "firstName", l.last_name AS "lastName"`;
const capped = Prisma.raw(String(mostCounted + 1));

/** What waits for somebody: leads past their target, leads that came since this person last looked, receipts that did not arrive. */
export async function findAttention(
  ctx: Pick<StaffContext, "db" | "now" | "settings" | "actor">,
): Promise<Attention> {
  const [pastTarget, newLeads, undelivered] = await Promise.all([
    findPastTarget(ctx),
    findNewLeads(ctx),
    findUndelivered(ctx),
  ]);
  return { pastTarget, newLeads, undelivered };
}

type AttentionContext = Pick<StaffContext, "db" | "now" | "settings" | "actor">;

function counted(total: number): { total: number; isExact: boolean } {
  return { total: Math.min(total, mostCounted), isExact: total <= mostCounted };
}

/** Pending leads past their target, counted to a little more than `mostCounted`. */
export async function countPastTarget(ctx: Pick<StaffContext, "db" | "now">): Promise<number> {
  const [row] = await queryPreparedRows<{ total: number }>(
    ctx.db,
    Prisma.sql`SELECT count(*)::int AS total FROM (
      SELECT 1 FROM leads WHERE status = 'PENDING' AND respond_by < ${ctx.now()} LIMIT ${capped}) AS late`,
  );
  return row?.total ?? 0;
}

async function findPastTarget(ctx: AttentionContext): Promise<Attention["pastTarget"]> {
  const now = ctx.now();
  const [{ hours }, [worst], total] = await Promise.all([
    readOfficeRules(ctx),
    queryPreparedRows<NamedRow & { respondBy: Date }>(
      ctx.db,
      Prisma.sql`SELECT ${named}, l.respond_by AS "respondBy" FROM leads l
        WHERE l.status = 'PENDING' AND l.respond_by < ${now} ORDER BY l.respond_by, l.id LIMIT 1`,
    ),
    countPastTarget(ctx),
  ]);
  return {
    ...counted(total),
    worst: worst
      ? {
          ...{ id: worst.id, firstName: worst.firstName, lastName: worst.lastName },
          lateMinutes: businessMinutesBetween(hours, worst.respondBy, now),
        }
      : null,
  };
}

/** Somebody who never looked has seen nothing since they came to the office. */
async function findNewLeads(ctx: AttentionContext): Promise<Attention["newLeads"]> {
  const [row] = await queryPreparedRows<{ since: Date; total: number; unassigned: number }>(
    ctx.db,
    Prisma.sql`SELECT u.since, count(l.id)::int AS total, (count(l.id) FILTER (WHERE ${isNobodys}))::int AS unassigned
      FROM (SELECT coalesce(looked_at, created_at) AS since FROM users WHERE id = ${ctx.actor.user.id}::uuid) AS u
      LEFT JOIN LATERAL (SELECT id, assignee_id FROM leads WHERE created_at > u.since ORDER BY created_at DESC LIMIT ${capped}) AS l ON true
      GROUP BY u.since`,
  );
  return {
    ...counted(row?.total ?? 0),
    since: (row?.since ?? ctx.now()).toISOString(),
    unassigned: Math.min(row?.unassigned ?? 0, mostCounted),
  };
}

type UndeliveredRow = NamedRow & { state: "SUPPRESSED" | "FAILED"; reason: string | null; total: number };

async function findUndelivered(ctx: AttentionContext): Promise<Attention["undelivered"]> {
  const since = new Date(ctx.now().getTime() - undeliveredDays * 24 * 60 * 60 * 1000);
  const [row] = await queryPreparedRows<UndeliveredRow>(
    ctx.db,
    Prisma.sql`SELECT *, (count(*) OVER ())::int AS total FROM (
        SELECT ${named}, m.state, m.last_error AS reason, m.created_at FROM outbox_mails m JOIN leads l ON l.id = m.lead_id
        WHERE m.kind = 'LEAD_RECEIPT' AND m.state IN ('SUPPRESSED', 'FAILED') AND m.created_at >= ${since} AND l.status = 'PENDING'
          AND NOT EXISTS (SELECT FROM outbox_mails again WHERE again.resends_id = m.id)
        ORDER BY m.created_at DESC LIMIT ${capped}) AS undelivered
      ORDER BY created_at DESC LIMIT 1`,
  );
  if (!row) return { total: 0, isExact: true, newest: null };
  const { id, firstName, lastName, state, reason } = row;
  return { ...counted(row.total), newest: { id, firstName, lastName, state, reason } };
}
