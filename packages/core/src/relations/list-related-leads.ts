import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import { addressKey } from "../email-address";
import { getLead } from "../leads/get-lead";
import type { LeadStatus } from "../leads/schema";
import { queryPreparedRows } from "../sql";
import type { RelatedLead, RelationKind } from "./schema";

/** How many letters from the same address are shown. */
const maxByEmail = 20;
/** A name alone says little; of a frequent one only the newest few are worth a look. */
const maxByName = 3;

interface RelatedRow {
  id: string;
  reference: string;
  first_name: string;
  last_name: string;
  status: LeadStatus;
  created_at: Date;
  reached_out_at: Date | null;
  reached_out_by: string | null;
  same_email: boolean;
  same_name: boolean;
  decision: RelationKind | null;
}

/** The form of a name in which accents, case and compatibility forms are gone; the index `leads_same_name` holds it. */
const nameKey = (table: Prisma.Sql) =>
  Prisma.sql`public.search_normal(${table}.first_name || ' ' || ${table}.last_name)`;

/**
 * Other leads that are or may be from the same person, newest first: from the same address, of the same name, and whatever somebody
 * decided about. Throws NOT_FOUND.
 */
export async function listRelatedLeads(ctx: StaffContext, leadId: string): Promise<RelatedLead[]> {
  const lead = await getLead(ctx, leadId);
  const emailKey = addressKey(lead.email);
  const name = Prisma.sql`public.search_normal(${`${lead.firstName} ${lead.lastName}`})`;
  const rows = await queryPreparedRows<RelatedRow>(
    ctx.db,
    Prisma.sql`WITH decided AS (
      SELECT later_id AS id, kind FROM lead_relations WHERE earlier_id = ${leadId}::uuid
      UNION ALL SELECT earlier_id, kind FROM lead_relations WHERE later_id = ${leadId}::uuid
    ), found AS (
      (SELECT id FROM leads WHERE email_key = ${emailKey} AND id <> ${leadId}::uuid
        ORDER BY created_at DESC, id DESC LIMIT ${maxByEmail}::int)
      UNION (SELECT l.id FROM leads l WHERE ${nameKey(Prisma.sql`l`)} = ${name} AND l.id <> ${leadId}::uuid
        ORDER BY l.created_at DESC, l.id DESC LIMIT ${maxByName}::int)
      UNION SELECT id FROM decided
    )
    SELECT l.id, l.reference, l.first_name, l.last_name, l.status, l.created_at, l.reached_out_at, u.name AS reached_out_by,
      l.email_key = ${emailKey} AS same_email, ${nameKey(Prisma.sql`l`)} = ${name} AS same_name, d.kind AS decision
    FROM found f JOIN leads l ON l.id = f.id LEFT JOIN decided d ON d.id = l.id LEFT JOIN users u ON u.id = l.reached_out_by_id
    ORDER BY l.created_at DESC, l.id DESC`,
  );
  return rows.map(toRelated);
}

function toRelated(row: RelatedRow): RelatedLead {
  return {
    ...{ id: row.id, reference: row.reference, firstName: row.first_name, lastName: row.last_name },
    status: row.status,
    createdAt: row.created_at.toISOString(),
    reachedOutAt: row.reached_out_at?.toISOString() ?? null,
    reachedOutBy: row.reached_out_by,
    ...{ sameEmail: row.same_email, sameName: row.same_name, decision: row.decision },
  };
}
