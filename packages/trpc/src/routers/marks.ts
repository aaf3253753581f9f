import { markLeads } from "@intake/core/reading-marks/mark-leads";
import { markLeadsSchema } from "@intake/core/reading-marks/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffPersonProcedure } from "../procedures";

export const marksRouter = {
  /** Read or unread, for the caller alone. */
  set: staffPersonProcedure("leads.read")
    .input(markLeadsSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await markLeads(ctx.core, input);
      return null;
    }),
} satisfies TRPCRouterRecord;
