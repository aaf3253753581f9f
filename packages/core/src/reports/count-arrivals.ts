import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";
import { type Calendar, countSlices, type Slice, sliceCalendar } from "./calendar";

/** Leads that arrived in a stretch of time, by what has become of them. */
export interface Arrivals {
  inTime: number;
  late: number;
  unpromised: number;
  pending: number;
  /** Of those pending: past their target. */
  overdue: number;
}

const none: Arrivals = { inTime: 0, late: 0, unpromised: 0, pending: 0, overdue: 0 };

/** What arrived on each day of both periods. */
export async function countArrivals(
  ctx: Pick<Context, "db">,
  { calendar, parts }: { calendar: Calendar; parts: number },
): Promise<{ now: Arrivals[]; before: Arrivals[] }> {
  const slices = sliceCalendar(calendar, parts);
  const count = (slice: Slice) => countSlice(ctx, { slice, now: calendar.now });
  return {
    now: (await countSlices(slices.now, count)).flat(),
    before: (await countSlices(slices.before, count)).flat(),
  };
}

async function countSlice(
  ctx: Pick<Context, "db">,
  { slice: { from, to, days }, now }: { slice: Slice; now: Date },
): Promise<Arrivals[]> {
  const rows = await queryPreparedRows<Arrivals & { bucket: number }>(
    ctx.db,
    Prisma.sql`SELECT width_bucket(created_at, ${days.map((day) => day.from)}::timestamptz[]) AS bucket,
        count(*) FILTER (WHERE status = 'REACHED_OUT' AND reached_out_at <= respond_by)::int AS "inTime",
        count(*) FILTER (WHERE status = 'REACHED_OUT' AND reached_out_at > respond_by)::int AS late,
        count(*) FILTER (WHERE status = 'REACHED_OUT' AND (respond_by IS NULL OR reached_out_at IS NULL))::int AS unpromised,
        count(*) FILTER (WHERE status = 'PENDING')::int AS pending,
        count(*) FILTER (WHERE status = 'PENDING' AND respond_by < ${now})::int AS overdue
      FROM leads WHERE created_at >= ${from} AND created_at < ${to} GROUP BY 1`,
  );
  return days.map((_, index) => rows.find(({ bucket }) => bucket === index + 1) ?? none);
}

/** The sum of several days. */
export function sumArrivals(days: readonly Arrivals[]): Arrivals {
  return days.reduce(
    (sum, day) => ({
      inTime: sum.inTime + day.inTime,
      late: sum.late + day.late,
      unpromised: sum.unpromised + day.unpromised,
      pending: sum.pending + day.pending,
      overdue: sum.overdue + day.overdue,
    }),
    none,
  );
}

/** All leads that arrived. */
export function received({ inTime, late, unpromised, pending }: Arrivals): number {
  return inTime + late + unpromised + pending;
}
