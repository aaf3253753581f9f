import type { Transaction } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { getOffice } from "./get-office";
import { forgetOfficeRules } from "./read-office-rules";
import { rescheduleSoon } from "./reschedule-soon";
import { type Holiday, mostHolidays, type Office } from "./schema";

/** Closes the office on a day. Throws CONFLICT at `day` when it is one already, UNPROCESSABLE_CONTENT when the list is full. */
export function addHoliday(ctx: StaffContext, { day, name }: Holiday): Promise<Office> {
  return changeHolidays(ctx, { type: "holiday.added", day }, async (tx) => {
    const added = await tx.holiday.createMany({ data: { day: new Date(day), name }, skipDuplicates: true });
    if (added.count === 0) throw refused("CONFLICT", "This day is a holiday already.");
    if ((await tx.holiday.count()) > mostHolidays)
      throw refused("UNPROCESSABLE_CONTENT", "The list is full. Remove days that are long past.");
  });
}

/** Opens the office again on a day. Throws NOT_FOUND. */
export function removeHoliday(ctx: StaffContext, { day }: Pick<Holiday, "day">): Promise<Office> {
  return changeHolidays(ctx, { type: "holiday.removed", day }, async (tx) => {
    const removed = await tx.holiday.deleteMany({ where: { day: new Date(day) } });
    if (removed.count === 0) throw new AppError("NOT_FOUND", "This day is no holiday any more.");
  });
}

async function changeHolidays(
  ctx: StaffContext,
  { type, day }: { type: string; day: string },
  change: (tx: Transaction) => Promise<void>,
): Promise<Office> {
  await ctx.db.prisma.$transaction(async (tx) => {
    await change(tx);
    await tx.$executeRaw(eventInsert(ctx, { type, data: { day } }).sql);
    await rescheduleSoon(ctx, tx);
  });
  forgetOfficeRules(ctx);
  return getOffice(ctx);
}

function refused(code: "CONFLICT" | "UNPROCESSABLE_CONTENT", message: string): AppError {
  return new AppError(code, message, { errors: [{ path: "day", message }] });
}
