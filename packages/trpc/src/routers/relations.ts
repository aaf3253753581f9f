import { leadIdSchema } from "@intake/core/leads/schema";
import { decideRelation } from "@intake/core/relations/decide-relation";
import { listRelatedLeads } from "@intake/core/relations/list-related-leads";
import { decideRelationSchema, relatedLeadSchema } from "@intake/core/relations/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffProcedure } from "../procedures";

export const relationsRouter = {
  list: staffProcedure("leads.read")
    .input(z.strictObject({ leadId: leadIdSchema }))
    .output(z.array(relatedLeadSchema))
    .query(({ ctx, input }) => listRelatedLeads(ctx.core, input.leadId)),

  decide: staffProcedure("leads.relate")
    .input(decideRelationSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await decideRelation(ctx.core, input);
      return null;
    }),
} satisfies TRPCRouterRecord;
