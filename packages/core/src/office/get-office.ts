import { toDay } from "../assignment/absence";
import type { Context } from "../context";
import { queryOfficeRules } from "./read-office-rules";
import type { Office } from "./schema";

/** When the office works, what it promises, and whose new leads become, as it stands at this moment. */
export async function getOffice(ctx: Pick<Context, "db" | "settings" | "now">): Promise<Office> {
  const { hours, targetMinutes, mode, takerIds } = await queryOfficeRules(ctx);
  const [holidays, takers] = await Promise.all([
    ctx.db.prisma.holiday.findMany({ orderBy: { day: "asc" } }),
    ctx.db.prisma.user.findMany({
      where: { id: { in: takerIds } },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: { id: true, name: true },
    }),
  ]);
  return {
    week: hours.week,
    targetMinutes,
    mode,
    timeZone: hours.zone,
    holidays: holidays.map(({ day, name }) => ({ day: toDay(day), name })),
    takers,
  };
}
