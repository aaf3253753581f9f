import { listAuditEvents } from "@intake/core/audit/list-audit-events";
import { findNightlyCheck } from "@intake/core/audit/nightly-check";
import {
  auditPageSchema,
  chainReportSchema,
  listAuditSchema,
  nightlyCheckSchema,
} from "@intake/core/audit/schema";
import { verifyChain } from "@intake/core/audit/verify-chain";
import { readReplica } from "@intake/core/read-replica";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffProcedure } from "../procedures";

/** Seals proved while somebody waits; the whole chain is proved every night and by `npm run audit:verify`. */
const newestSeals = 5000;

export const auditRouter = {
  list: staffProcedure("audit.read")
    .input(listAuditSchema)
    .output(auditPageSchema)
    .query(({ ctx, input }) => readReplica(ctx.core, (core) => listAuditEvents(core, input))),

  checkChain: staffProcedure("audit.read")
    .input(z.strictObject({}).optional())
    .output(chainReportSchema)
    .query(({ ctx }) => verifyChain(ctx.core, { newest: newestSeals })),

  /** What the last proof of the whole chain found. */
  nightlyCheck: staffProcedure("audit.read")
    .input(z.strictObject({}).optional())
    .output(nightlyCheckSchema)
    .query(({ ctx }) => findNightlyCheck(ctx.core)),
} satisfies TRPCRouterRecord;
