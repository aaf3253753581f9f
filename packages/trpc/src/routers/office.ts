import { getOffice } from "@intake/core/office/get-office";
import { addHoliday, removeHoliday } from "@intake/core/office/holidays";
import {
  holidayDaySchema,
  holidaySchema,
  officeSchema,
  updateOfficeSchema,
} from "@intake/core/office/schema";
import { updateOffice } from "@intake/core/office/update-office";
import type { TRPCRouterRecord } from "@trpc/server";
import { staffProcedure } from "../procedures";

/** Hours, holidays, promise and assignment: everybody may look, admins change them. */
export const officeRouter = {
  get: staffProcedure("leads.read")
    .output(officeSchema)
    .query(({ ctx }) => getOffice(ctx.core)),

  update: staffProcedure("settings.manage")
    .input(updateOfficeSchema)
    .output(officeSchema)
    .mutation(({ ctx, input }) => updateOffice(ctx.core, input)),

  addHoliday: staffProcedure("settings.manage")
    .input(holidaySchema)
    .output(officeSchema)
    .mutation(({ ctx, input }) => addHoliday(ctx.core, input)),

  removeHoliday: staffProcedure("settings.manage")
    .input(holidayDaySchema)
    .output(officeSchema)
    .mutation(({ ctx, input }) => removeHoliday(ctx.core, input)),
} satisfies TRPCRouterRecord;
