import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";
import { type Calendar, countSlices, type Slice, sliceCalendar } from "./calendar";
import type { WaitCount } from "./policy";

/** First contacts made in a stretch of time. */
export interface Contacts {
  waits: WaitCount[];
  /** When the oldest of the leads reached then had arrived; null when none was. */
  oldestArrival: Date | null;
}

export interface CountedContacts {
  /** One for each equal part of the period, oldest first. */
  parts: Contacts[];
  before: Contacts;
  /** Between the end of the period before and the start of this one. */
  between: Contacts;
}

/** First contacts of both periods by their wait in business minutes. */
export async function countContacts(
  ctx: Pick<Context, "db">,
  { calendar, parts }: { calendar: Calendar; parts: number },
): Promise<CountedContacts> {
  const slices = sliceCalendar(calendar, parts);
  const count = (slice: Slice) => countSlice(ctx, slice);
  const before = await countSlices(slices.before, count);
  return {
    parts: await countSlices(slices.now, count),
    before: {
      waits: before.flatMap(({ waits }) => waits),
      oldestArrival: earliest(before.map(({ oldestArrival }) => oldestArrival)),
    },
    between: await count(slices.between),
  };
}

async function countSlice(ctx: Pick<Context, "db">, { from, to }: Slice): Promise<Contacts> {
  const rows = await queryPreparedRows<{ minutes: number | null; leads: number; oldest: Date }>(
    ctx.db,
    // Leads from before waits were measured have none; they still tell how long somebody waited.
    Prisma.sql`SELECT response_minutes AS minutes, count(*)::int AS leads, min(created_at) AS oldest FROM leads
      WHERE reached_out_at >= ${from} AND reached_out_at < ${to} GROUP BY 1`,
  );
  return {
    waits: rows.flatMap(({ minutes, leads }) => (minutes === null ? [] : [{ minutes, leads }])),
    oldestArrival: earliest(rows.map(({ oldest }) => oldest)),
  };
}

/** The earliest of several moments; null of none. */
export function earliest(moments: readonly (Date | null)[]): Date | null {
  return moments.reduce<Date | null>(
    (found, moment) => (moment && (!found || moment < found) ? moment : found),
    null,
  );
}
