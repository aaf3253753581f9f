import { isDeepStrictEqual } from "node:util";
import type { Transaction } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { getOffice } from "./get-office";
import { forgetOfficeRules } from "./read-office-rules";
import { rescheduleSoon } from "./reschedule-soon";
import { type Office, officeRulesSchema, type UpdateOffice, type WrittenRules } from "./schema";

/**
 * Changes hours, target and assignment together, with their event; new leads go by them at once, waiting ones within seconds. Throws
 * CONFLICT with the current office when somebody changed them after `former`.
 */
export async function updateOffice(ctx: StaffContext, { former, ...rules }: UpdateOffice): Promise<Office> {
  const isCurrent = await ctx.db.prisma.$transaction(async (tx) => {
    const current = await lockRules(tx);
    if (former && !isDeepStrictEqual(former, current)) return false;
    await writeRules(ctx, tx, { current, rules });
    return true;
  });
  forgetOfficeRules(ctx);
  const office = await getOffice(ctx);
  if (!isCurrent)
    throw new AppError("CONFLICT", "Somebody changed the office’s rules meanwhile.", { current: office });
  return office;
}

async function lockRules(tx: Transaction): Promise<WrittenRules> {
  const [row] = await tx.$queryRaw<unknown[]>`SELECT business_hours AS week,
    response_target_minutes AS "targetMinutes", assignment_mode::text AS mode FROM office_settings FOR UPDATE`;
  return officeRulesSchema.parse(row);
}

async function writeRules(
  ctx: StaffContext,
  tx: Transaction,
  { current, rules }: { current: WrittenRules; rules: WrittenRules },
): Promise<void> {
  if (isDeepStrictEqual(rules, current)) return;
  const { week, targetMinutes, mode } = rules;
  await tx.officeSettings.update({
    where: { id: 1 },
    data: {
      businessHours: week,
      responseTargetMinutes: targetMinutes,
      assignmentMode: mode,
      updatedAt: ctx.now(),
    },
  });
  const data = { week: JSON.stringify(week), targetMinutes, mode };
  await tx.$executeRaw(eventInsert(ctx, { type: "office.rules_changed", data }).sql);
  const isPromiseSame = targetMinutes === current.targetMinutes && isDeepStrictEqual(week, current.week);
  if (!isPromiseSame) await rescheduleSoon(ctx, tx);
}
