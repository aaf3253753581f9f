import { readReplica } from "@intake/core/read-replica";
import { findAttention } from "@intake/core/reports/find-attention";
import { getOfficeReport } from "@intake/core/reports/get-office-report";
import { askReportSchema, attentionSchema, officeReportSchema } from "@intake/core/reports/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffProcedure } from "../procedures";

export const reportsRouter = {
  /** The office's numbers over 7, 30 or 90 days. */
  office: staffProcedure("reports.read")
    .input(askReportSchema)
    .output(officeReportSchema)
    .query(({ ctx, input }) => readReplica(ctx.core, (core) => getOfficeReport(core, input))),

  /** What waits for somebody, for the person who asks. */
  attention: staffProcedure("reports.read")
    .input(z.strictObject({}).optional())
    .output(attentionSchema)
    .query(({ ctx }) => readReplica(ctx.core, findAttention)),
} satisfies TRPCRouterRecord;
