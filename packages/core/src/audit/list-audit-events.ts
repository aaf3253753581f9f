import { Prisma } from "@intake/db/database";
import { z } from "zod";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { queryRows } from "../sql";
import {
  type AuditEntry,
  type AuditFilter,
  type AuditPage,
  auditEntrySchema,
  auditKinds,
  type ListAudit,
} from "./schema";

interface EventRow {
  id: string;
  type: string;
  created_at: Date;
  actor_type: AuditEntry["actor"]["type"];
  actor_name: string | null;
  lead_id: string | null;
  reference: string | null;
  lead_name: string | null;
  person_id: string | null;
  person_name: string | null;
  data: AuditEntry["data"];
  source: string | null;
  position: string | null;
  hash: string | null;
}

type AuditContext = Pick<StaffContext, "db" | "actor">;

/**
 * One page of the audit, newest first, by keyset; names are looked up now, days are those of the reader's own zone. Throws BAD_REQUEST for a
 * broken cursor.
 */
export async function listAuditEvents(ctx: AuditContext, input: ListAudit): Promise<AuditPage> {
  const rows = await queryRows<EventRow>(ctx.db, pageQuery(ctx, input));
  const items = rows.slice(0, input.limit).map(toEntry);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > input.limit && last ? `${last.at}~${last.id}` : null };
}

function pageQuery(ctx: AuditContext, input: ListAudit): Prisma.Sql {
  return Prisma.sql`SELECT e.id, e.type, e.created_at, e.actor_type, e.data, e.source, s.position, s.hash,
      CASE e.actor_type WHEN 'api_key' THEN concat(k.name, ' (', o.name, ')') WHEN 'system' THEN e.actor_id ELSE u.name END AS actor_name,
      l.id AS lead_id, l.reference, concat_ws(' ', l.first_name, l.last_name) AS lead_name, p.id AS person_id, p.name AS person_name
    FROM (SELECT * FROM audit_events e ${where(ctx, input)} ORDER BY e.created_at DESC, e.id DESC LIMIT ${input.limit + 1}) AS e
      LEFT JOIN audit_seals s ON s.event_id = e.id
      LEFT JOIN users u ON u.id = CASE WHEN e.actor_type = 'user' THEN e.actor_id::uuid END
      LEFT JOIN api_keys k ON k.id = CASE WHEN e.actor_type = 'api_key' THEN e.actor_id::uuid END
      LEFT JOIN users o ON o.id = k.user_id
      LEFT JOIN leads l ON l.id = e.lead_id
      LEFT JOIN users p ON p.id = e.user_id
    ORDER BY e.created_at DESC, e.id DESC`;
}

function where(ctx: AuditContext, input: AuditFilter & { cursor?: string | undefined }): Prisma.Sql {
  const conditions = filterConditions(ctx, input);
  if (input.cursor !== undefined) conditions.push(afterCursor(input.cursor));
  return conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}`;
}

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

function afterCursor(cursor: string): Prisma.Sql {
  const parsed = cursorSchema.safeParse(cursor.split("~"));
  if (!parsed.success)
    throw new AppError("BAD_REQUEST", "This page no longer fits the list. Start again from the first page.");
  const [at, id] = parsed.data;
  return Prisma.sql`(e.created_at, e.id) < (${at}::timestamptz, ${id}::uuid)`;
}

function filterConditions(ctx: AuditContext, input: AuditFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (input.kind)
    conditions.push(Prisma.sql`split_part(e.type, '.', 1) = ANY(${[...auditKinds[input.kind]]})`);
  if (input.leadId) conditions.push(Prisma.sql`e.lead_id = ${input.leadId}::uuid`);
  if (input.userId)
    conditions.push(Prisma.sql`(e.user_id = ${input.userId}::uuid OR e.actor_id = ${input.userId})`);
  const midnight = (day: string, daysAfter = 0) =>
    Prisma.sql`(${day}::date + ${daysAfter}::int)::timestamp AT TIME ZONE ${ctx.actor.user.timeZone}`;
  if (input.from) conditions.push(Prisma.sql`e.created_at >= ${midnight(input.from)}`);
  if (input.to) conditions.push(Prisma.sql`e.created_at < ${midnight(input.to, 1)}`);
  if (input.q?.trim()) conditions.push(matches(input.q.trim()));
  return conditions;
}

/** Names and addresses are never in the events, so the term is first resolved to ids. */
function matches(term: string): Prisma.Sql {
  const part = `%${term.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const people = Prisma.sql`SELECT id FROM users WHERE name ILIKE ${part} OR email ILIKE ${part}`;
  const leads = Prisma.sql`SELECT id FROM leads WHERE reference = upper(${term}) OR email ILIKE ${part}
    OR concat_ws(' ', first_name, last_name) ILIKE ${part} OR concat_ws(' ', last_name, first_name) ILIKE ${part} LIMIT 1000`;
  return Prisma.sql`(e.user_id IN (${people}) OR e.actor_id IN (SELECT id::text FROM (${people}) AS found) OR e.lead_id IN (${leads}))`;
}

function toEntry(row: EventRow): AuditEntry {
  return auditEntrySchema.parse({
    id: row.id,
    type: row.type,
    at: row.created_at.toISOString(),
    actor: { type: row.actor_type, name: row.actor_name },
    lead: row.lead_id && { id: row.lead_id, reference: row.reference, name: row.lead_name },
    person: row.person_id && { id: row.person_id, name: row.person_name },
    data: row.data,
    source: row.source,
    seal: row.hash === null ? null : { position: Number(row.position), hash: row.hash },
  });
}
