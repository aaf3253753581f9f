import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { businessMinutesBetween } from "../office/policy";
import { type BusinessHours, openWeekSchema } from "../office/schema";
import { queryPreparedRows } from "../sql";

/** How long the office took from a lead's arrival until now, in whole minutes of its own business hours. */
export async function countResponseMinutes(
  ctx: Pick<Context, "db" | "settings" | "now">,
  arrivedAt: Date,
): Promise<number> {
  return businessMinutesBetween(await readHours(ctx), arrivedAt, ctx.now());
}

async function readHours(ctx: Pick<Context, "db" | "settings">): Promise<BusinessHours> {
  const [row] = await queryPreparedRows<{ week: unknown; holidays: string[] }>(
    ctx.db,
    Prisma.sql`SELECT business_hours AS week, ARRAY(SELECT day::text FROM holidays ORDER BY day) AS holidays FROM office_settings`,
  );
  const week = openWeekSchema.parse(row?.week);
  return { zone: ctx.settings.officeTimeZone, week, holidays: row?.holidays ?? [] };
}
