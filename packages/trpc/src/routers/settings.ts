import { getOfficeSettings, updateOfficeSettings } from "@intake/core/office/office-settings";
import { officeSettingsSchema, updateOfficeSettingsSchema } from "@intake/core/office/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { staffPersonProcedure } from "../procedures";

export const settingsRouter = {
  get: staffPersonProcedure("settings.manage")
    .output(officeSettingsSchema)
    .query(({ ctx }) => getOfficeSettings(ctx.core)),

  update: staffPersonProcedure("settings.manage", { stepUp: true })
    .input(updateOfficeSettingsSchema)
    .output(officeSettingsSchema)
    .mutation(({ ctx, input }) => updateOfficeSettings(ctx.core, input)),
} satisfies TRPCRouterRecord;
