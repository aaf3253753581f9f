import { Prisma } from "@intake/db/database";
import type { DigestLead, DigestSection } from "../ports/mail-renderer";
import type { OutgoingMail } from "../ports/mailer";
import { queryRows } from "../sql";
import type { MailContext } from "./deliver-mail";
import { type DigestLeadRow, digestUrls, mostNamed, toDigestLead } from "./digest-lead";
import { findReader, type Reader } from "./find-reader";

/** The columns of an outbox row that stands for several mails. */
export interface DigestRow {
  id: string;
  toAddress: string;
  createdAt: Date;
  kind: "LEAD_DIGEST";
}

const topics = ["new", "yours", "waiting", "late"] as const;
type Topic = (typeof topics)[number];

/**
 * What the mails that a digest stands for would have said: each lead named, or counted where they are many. Null when nothing of it is
 * true any more, or the reader left.
 */
export async function composeDigest(ctx: MailContext, mail: DigestRow): Promise<OutgoingMail | null> {
  const reader = await findReader(ctx, mail.toAddress);
  if (reader === null) return null;
  const rows = await findDigested(ctx, { digestId: mail.id, reader });
  if (rows.length === 0) return null;
  const rendered = await ctx.mailRenderer.leadDigest({
    officeName: ctx.settings.officeName,
    at: ctx.now(),
    timeZone: reader.timeZone,
    sections: topics.flatMap((topic) => toSection(ctx, { topic, rows })),
  });
  return { id: mail.id, to: mail.toAddress, from: ctx.mailFrom, ...rendered, tag: "lead-digest" };
}

interface DigestedRow extends DigestLeadRow {
  topic: Topic;
  total: number;
}

function findDigested(
  ctx: MailContext,
  { digestId, reader }: { digestId: string; reader: Reader },
): Promise<DigestedRow[]> {
  return queryRows<DigestedRow>(
    ctx.db,
    Prisma.sql`SELECT * FROM (
        SELECT topic, id, first_name AS "firstName", last_name AS "lastName", reference, created_at AS "createdAt",
          respond_by AS "respondBy", count(*) OVER (PARTITION BY topic)::int AS total,
          row_number() OVER (PARTITION BY topic ORDER BY created_at, id) AS place
        FROM (
          SELECT l.*, CASE m.kind WHEN 'LEAD_NOTICE' THEN 'new' WHEN 'LEAD_ASSIGNED' THEN 'yours'
            WHEN 'LEAD_REMINDER' THEN 'waiting' ELSE 'late' END AS topic
          FROM outbox_mails m JOIN leads l ON l.id = m.lead_id WHERE m.digest_id = ${digestId}::uuid
        ) AS told
        WHERE CASE topic
          WHEN 'new' THEN true
          WHEN 'yours' THEN assignee_id = ${reader.id}::uuid
          WHEN 'waiting' THEN status = 'PENDING' AND respond_by > ${ctx.now()}
          ELSE status = 'PENDING' END
      ) AS counted WHERE place <= ${mostNamed} ORDER BY place`,
  );
}

function toSection(
  ctx: MailContext,
  { topic, rows }: { topic: Topic; rows: DigestedRow[] },
): DigestSection[] {
  const own = rows.filter((row) => row.topic === topic);
  const [first] = own;
  if (!first) return [];
  const leads: DigestLead[] = own.map((row) => toDigestLead(ctx, row));
  const listUrl = digestUrls(ctx, first.createdAt)[topic];
  return [{ topic, total: first.total, totalIsExact: true, leads, listUrl }];
}
