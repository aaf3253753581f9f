import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { businessMinutesBetween } from "../office/policy";
import type { BusinessHours } from "../office/schema";
import { queryPreparedRows } from "../sql";
import type { Calendar } from "./calendar";
import { type CountedContacts, earliest } from "./count-contacts";

export interface OldestLead {
  id: string;
  firstName: string;
  lastName: string;
  createdAt: Date;
}

/** The pending lead that arrived first; null when none is pending. */
export async function findOldest(ctx: Pick<Context, "db">): Promise<OldestLead | null> {
  const rows = await queryPreparedRows<OldestLead>(
    ctx.db,
    Prisma.sql`SELECT id, first_name AS "firstName", last_name AS "lastName", created_at AS "createdAt" FROM leads
      WHERE status = 'PENDING' ORDER BY created_at, id LIMIT 1`,
  );
  return rows[0] ?? null;
}

interface PastInput {
  calendar: Calendar;
  contacts: CountedContacts;
  oldest: OldestLead | null;
  hours: BusinessHours;
}

/**
 * How long the oldest pending lead had waited at earlier moments, in business minutes; null when none was pending. Pending at a moment was
 * what is pending still or was reached later, as the leads say today: a contact that was taken back is not remembered.
 */
export function oldestInThePast({ calendar, contacts, oldest, hours }: PastInput): {
  before: number | null;
  trend: (number | null)[];
} {
  const { now, beforeEnd, days } = calendar;
  const size = days.length / contacts.parts.length;
  const waitedAt = (moment: Date, reachedLater: (Date | null)[]): number | null => {
    const arrived = earliest([oldest?.createdAt ?? null, ...reachedLater]);
    return arrived && arrived < moment ? businessMinutesBetween(hours, arrived, moment) : null;
  };
  const arrivals = contacts.parts.map(({ oldestArrival }) => oldestArrival);
  return {
    before: waitedAt(beforeEnd, [contacts.between.oldestArrival, ...arrivals]),
    trend: arrivals.map((_, part) =>
      waitedAt(days[(part + 1) * size]?.from ?? now, arrivals.slice(part + 1)),
    ),
  };
}
