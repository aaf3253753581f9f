import { listAuditEvents } from "@intake/core/audit/list-audit-events";
import { auditPageSchema, chainReportSchema, listAuditSchema } from "@intake/core/audit/schema";
import { verifyChain } from "@intake/core/audit/verify-chain";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffProcedure } from "../procedures";

/** Seals proved while somebody waits; the whole chain is proved every night and by `npm run audit:verify`. */
const newestSeals = 5000;

export const auditRouter = {
  list: staffProcedure("audit.read")
    .input(listAuditSchema)
    .output(auditPageSchema)
    .query(({ ctx, input }) => listAuditEvents(ctx.core, input)),

  checkChain: staffProcedure("audit.read")
    .input(z.strictObject({}).optional())
    .output(chainReportSchema)
    .query(({ ctx }) => verifyChain(ctx.core, { newest: newestSeals })),
} satisfies TRPCRouterRecord;
