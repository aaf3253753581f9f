import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { absenceSelect, awayUntilOf } from "../assignment/absence";
import type { Context } from "../context";
import { isWorkingDay, officeDate } from "../office/policy";
import { readOfficeRules } from "../office/read-office-rules";
import { toSql } from "../sql";

/** The hours of a person's own morning in which their digest may leave; a later one would be no start of the day. */
const [firstHour, lastHour] = [8, 11];

/**
 * Queues the daily digest of everybody who wants one, is not away, and whose morning of a working day it is: once for each day of their
 * own zone, however many workers ask. Returns how many.
 */
export async function queueDailyDigests(ctx: Context): Promise<number> {
  const { hours } = await readOfficeRules(ctx);
  const now = ctx.now();
  const people = await ctx.db.prisma.user.findMany({
    where: { disabledAt: null, wantsDailyDigest: true },
    select: { id: true, ...absenceSelect },
  });
  const due = people
    .filter((person) => isMorning(person.timeZone, now) && awayUntilOf(person, now) === null)
    .map(({ id, timeZone }) => ({ userId: id, day: officeDate(timeZone, now), mailId: uuidv7() }))
    .filter(({ day }) => isWorkingDay(hours, day));
  if (due.length === 0) return 0;
  return ctx.db.prisma.$transaction(async (tx) => {
    const mails = await tx.$queryRaw<{ id: string }[]>(
      Prisma.sql`WITH due AS (
        UPDATE users u SET daily_digest_on = d.day
        FROM jsonb_to_recordset(${JSON.stringify(due)}::jsonb) AS d("userId" uuid, day date, "mailId" uuid)
        WHERE u.id = d."userId" AND (u.daily_digest_on IS NULL OR u.daily_digest_on < d.day)
          AND u.disabled_at IS NULL AND u.wants_daily_digest
        RETURNING d."mailId", u.id, u.email
      )
      INSERT INTO outbox_mails (id, kind, user_id, to_address, next_attempt_at, created_at)
      SELECT "mailId", 'DAILY_DIGEST', id, email, ${now}::timestamptz, ${now}::timestamptz FROM due RETURNING id`,
    );
    const jobs = mails.map(({ id }) => ({ data: { mailId: id } }));
    if (jobs.length > 0) await tx.$executeRaw(toSql(await ctx.queue.jobInsert("mail.deliver", jobs)));
    return mails.length;
  });
}

function isMorning(timeZone: string, now: Date): boolean {
  const hour = Number(
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(now),
  );
  return firstHour <= hour && hour <= lastHour;
}
