import { Prisma } from "@intake/db/database";
import type { DigestSection } from "../ports/mail-renderer";
import type { OutgoingMail } from "../ports/mailer";
import { queryRows } from "../sql";
import type { MailContext } from "./deliver-mail";
import { type DigestLeadRow, digestUrls, mostNamed, toDigestLead } from "./digest-lead";

/** The columns of an outbox row that tells a colleague how things stand this morning. */
export interface DailyDigestRow {
  id: string;
  toAddress: string;
  createdAt: Date;
  kind: "DAILY_DIGEST";
  userId: string;
}

/** Counting stops here: whoever has so many needs no exact number. */
const mostCounted = 1000;
const day = 24 * 60 * 60 * 1000;
/** What came longer ago is no news, however long there was no digest; in milliseconds. */
const longestNews = 7 * day;

/** How things stand for one colleague, also when nothing waits. Null when they left, or want it no more. */
export async function composeDailyDigest(
  ctx: MailContext,
  mail: DailyDigestRow,
): Promise<OutgoingMail | null> {
  const reader = await ctx.db.prisma.user.findUnique({
    where: { id: mail.userId, disabledAt: null, wantsDailyDigest: true },
    select: { id: true, timeZone: true },
  });
  if (reader === null) return null;
  const since = await findLastDigest(ctx, mail);
  const now = ctx.now();
  const urls = digestUrls(ctx, since);
  const sections = await Promise.all(
    [
      {
        topic: "new" as const,
        wanted: Prisma.sql`l.created_at >= ${since}`,
        order: Prisma.sql`l.created_at DESC, l.id DESC`,
      },
      {
        topic: "yours" as const,
        wanted: Prisma.sql`l.status = 'PENDING' AND l.assignee_id = ${reader.id}::uuid`,
        order: Prisma.sql`l.respond_by, l.id`,
      },
      {
        topic: "late" as const,
        wanted: Prisma.sql`l.status = 'PENDING' AND l.respond_by < ${now}`,
        order: Prisma.sql`l.respond_by, l.id`,
      },
    ].map((part) => findSection(ctx, { ...part, listUrl: urls[part.topic] })),
  );
  const { officeName, publicUrl } = ctx.settings;
  const rendered = await ctx.mailRenderer.dailyDigest({
    ...{ officeName, timeZone: reader.timeZone, at: now, since, sections },
    homeUrl: `${publicUrl}/app`,
    profileUrl: `${publicUrl}/app/settings/profile`,
  });
  return { id: mail.id, to: mail.toAddress, from: ctx.mailFrom, ...rendered, tag: "daily-digest" };
}

/** From when on leads are news: the digest before, or a day. */
async function findLastDigest(ctx: MailContext, { userId, createdAt }: DailyDigestRow): Promise<Date> {
  const before = (milliseconds: number) => new Date(createdAt.getTime() - milliseconds);
  const last = await ctx.db.prisma.outboxMail.findFirst({
    where: { userId, kind: "DAILY_DIGEST", createdAt: { lt: createdAt, gt: before(longestNews) } },
    orderBy: { createdAt: "desc" },
    select: { createdAt: true },
  });
  return last?.createdAt ?? before(day);
}

interface SectionQuestion {
  topic: DigestSection["topic"];
  wanted: Prisma.Sql;
  order: Prisma.Sql;
  listUrl: string;
}

async function findSection(
  ctx: MailContext,
  { topic, wanted, order, listUrl }: SectionQuestion,
): Promise<DigestSection> {
  const rows = await queryRows<DigestLeadRow & { total: number }>(
    ctx.db,
    Prisma.sql`SELECT l.id, l.first_name AS "firstName", l.last_name AS "lastName", l.reference, l.created_at AS "createdAt",
        l.respond_by AS "respondBy",
        (SELECT count(*)::int FROM (SELECT 1 FROM leads l WHERE ${wanted} LIMIT ${mostCounted + 1}) AS counted) AS total
      FROM leads l WHERE ${wanted} ORDER BY ${order} LIMIT ${mostNamed}`,
  );
  const total = rows[0]?.total ?? 0;
  return {
    ...{ topic, listUrl, total: Math.min(total, mostCounted), totalIsExact: total <= mostCounted },
    leads: rows.map((row) => toDigestLead(ctx, row)),
  };
}
