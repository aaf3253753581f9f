import { leadIdSchema } from "@intake/core/leads/schema";
import { claimLead } from "@intake/core/presence/claim-lead";
import { findCompany } from "@intake/core/presence/find-company";
import { releaseClaim } from "@intake/core/presence/release-claim";
import { claimSchema, companySchema } from "@intake/core/presence/schema";
import { leaveLead, stayAtLead } from "@intake/core/presence/stay-at-lead";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffPersonProcedure } from "../procedures";

const leadPath = z.strictObject({ leadId: leadIdSchema });

/** Who is in front of which lead, and who writes to whom. A program is nowhere and writes to nobody: people only. */
export const presenceRouter = {
  company: staffPersonProcedure("leads.read")
    .input(leadPath)
    .output(companySchema)
    .query(({ ctx, input }) => findCompany(ctx.core, input)),

  stay: staffPersonProcedure("leads.read")
    .input(leadPath)
    .output(companySchema)
    .mutation(({ ctx, input }) => stayAtLead(ctx.core, input)),

  leave: staffPersonProcedure("leads.read")
    .input(leadPath)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await leaveLead(ctx.core, input);
      return null;
    }),

  claim: staffPersonProcedure("leads.assign")
    .input(leadPath)
    .output(claimSchema)
    .mutation(({ ctx, input }) => claimLead(ctx.core, input)),

  release: staffPersonProcedure("leads.assign")
    .input(leadPath)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await releaseClaim(ctx.core, input);
      return null;
    }),
} satisfies TRPCRouterRecord;
