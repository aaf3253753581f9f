import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";
import { type BusinessHours, openWeekSchema } from "./schema";

/** When the office works and how soon it wants to have answered. */
export interface OfficePromise {
  hours: BusinessHours;
  /** Business minutes. */
  targetMinutes: number;
}

/** The promise as it stands. */
export async function readPromise(ctx: Pick<Context, "db" | "settings">): Promise<OfficePromise> {
  const [office] = await queryPreparedRows<{ week: unknown; target: number; holidays: string[] }>(
    ctx.db,
    Prisma.sql`SELECT business_hours AS week, response_target_minutes AS target,
      ARRAY(SELECT day::text FROM holidays ORDER BY day) AS holidays FROM office_settings`,
  );
  if (!office) throw new Error("The office has no settings");
  const week = openWeekSchema.parse(office.week);
  return {
    hours: { zone: ctx.settings.officeTimeZone, week, holidays: office.holidays },
    targetMinutes: office.target,
  };
}
