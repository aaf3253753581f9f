import type { Context } from "../context";
import { type BusinessHours, openWeekSchema } from "../office/schema";

/** When the office works and how soon it wants to have answered. */
export interface OfficePromise {
  hours: BusinessHours;
  /** Business minutes. */
  targetMinutes: number;
}

/** The promise as it stands. */
export async function findPromise(ctx: Pick<Context, "db" | "settings">): Promise<OfficePromise> {
  const [office, holidays] = await Promise.all([
    ctx.db.prisma.officeSettings.findUniqueOrThrow({
      where: { id: 1 },
      select: { businessHours: true, responseTargetMinutes: true },
    }),
    ctx.db.prisma.holiday.findMany({ select: { day: true }, orderBy: { day: "asc" } }),
  ]);
  return {
    hours: {
      zone: ctx.settings.officeTimeZone,
      week: openWeekSchema.parse(office.businessHours),
      holidays: holidays.map(({ day }) => day.toISOString().slice(0, 10)),
    },
    targetMinutes: office.responseTargetMinutes,
  };
}
