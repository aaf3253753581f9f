import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import type { Context } from "../context";
import { toSql } from "../sql";

interface ColleagueMail {
  kind: "LEAD_ASSIGNED" | "NOTE_MENTION";
  leadId: string;
  addresses: string[];
}

/**
 * The INSERTs of mails to colleagues about one lead and of their delivery jobs, as table expressions `mails` and `jobs` for the statement
 * of what they tell about; none without addresses. `source` names the table expression whose one row, or none, decides whether the mails
 * are written. A job without its mail finds nothing to do.
 */
export async function colleagueMailInserts(
  ctx: Pick<Context, "queue" | "now">,
  { kind, leadId, addresses }: ColleagueMail,
  source: Prisma.Sql,
): Promise<Prisma.Sql[]> {
  if (addresses.length === 0) return [];
  const at = ctx.now();
  const mails = addresses.map((to) => ({ id: uuidv7(), to }));
  const rows = mails.map((mail) => Prisma.sql`(${mail.id}::uuid, ${mail.to})`);
  const jobs = await ctx.queue.jobInsert(
    "mail.deliver",
    mails.map((mail) => ({ data: { mailId: mail.id } })),
  );
  return [
    Prisma.sql`mails AS (
      INSERT INTO outbox_mails (id, kind, lead_id, to_address, next_attempt_at, created_at)
      SELECT mail.id, ${kind}::mail_kind, ${leadId}::uuid, mail.address, ${at}::timestamptz, ${at}::timestamptz
      FROM (VALUES ${Prisma.join(rows)}) AS mail (id, address), (SELECT 1 ${source}) AS decided)`,
    Prisma.sql`jobs AS (${toSql(jobs)})`,
  ];
}
