import { assignLead } from "@intake/core/assignment/assign-lead";
import { listColleagues } from "@intake/core/assignment/list-colleagues";
import { activeColleagueSchema, assignLeadSchema } from "@intake/core/assignment/schema";
import { recordView } from "@intake/core/audit/record-view";
import { findExcerpt } from "@intake/core/leads/find-excerpt";
import { getLead } from "@intake/core/leads/get-lead";
import { listLeadEvents } from "@intake/core/leads/list-lead-events";
import { countByStatus, listLeads } from "@intake/core/leads/list-leads";
import {
  findExcerptSchema,
  leadEventSchema,
  leadIdSchema,
  leadPageSchema,
  leadSchema,
  leadTotalsSchema,
  listLeadEventsSchema,
  listLeadsSchema,
  updateLeadStatusSchema,
} from "@intake/core/leads/schema";
import { updateLeadStatus } from "@intake/core/leads/update-lead-status";
import { sendMailAgainSchema } from "@intake/core/mail/schema";
import { sendMailAgain } from "@intake/core/mail/send-mail-again";
import { seeMentions } from "@intake/core/notes/see-mentions";
import { readReplica } from "@intake/core/read-replica";
import { excerptSchema } from "@intake/core/resumes/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffProcedure } from "../procedures";

const leadPath = z.strictObject({ leadId: leadIdSchema });

export const leadsRouter = {
  list: staffProcedure("leads.read")
    .meta({
      openapi: {
        method: "GET",
        path: "/api/leads",
        tags: ["Leads"],
        summary: "List leads, page by page",
        description:
          "q searches names, addresses and the words of newest resumes, in any language, case and accents ignored; “in” narrows it to person or resume. A lead found by its resume carries an excerpt. Callers who may not read resumes search names and addresses only.",
        protect: true,
        errorResponses: [400, 401, 403, 422, 429, 503],
      },
    })
    .input(listLeadsSchema)
    .output(leadPageSchema)
    .query(({ ctx, input }) => readReplica(ctx.core, (core) => listLeads(core, input))),

  totals: staffProcedure("leads.read")
    .output(leadTotalsSchema)
    .query(({ ctx }) => readReplica(ctx.core, countByStatus)),

  byId: staffProcedure("leads.read")
    .meta({
      openapi: {
        method: "GET",
        path: "/api/leads/{leadId}",
        tags: ["Leads"],
        summary: "Get one lead",
        protect: true,
        errorResponses: [401, 403, 404, 422, 503],
      },
    })
    .input(leadPath)
    .output(leadSchema)
    .query(({ ctx, input }) => getLead(ctx.core, input.leadId)),

  events: staffProcedure("leads.read")
    .input(listLeadEventsSchema)
    .output(z.array(leadEventSchema))
    .query(({ ctx, input }) => listLeadEvents(ctx.core, input)),

  /** For the page of a lead that a search led to. */
  excerpt: staffProcedure("resumes.read")
    .input(findExcerptSchema)
    .output(excerptSchema.nullable())
    .query(({ ctx, input }) => findExcerpt(ctx.core, input)),

  /** The dashboard says that somebody opened the page of a lead. */
  noteView: staffProcedure("leads.read")
    .input(leadPath)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await Promise.all([recordView(ctx.core, input), seeMentions(ctx.core, input)]);
      return null;
    }),

  /** Whom leads can be assigned to, and whom notes can name. */
  colleagues: staffProcedure("leads.read")
    .output(z.array(activeColleagueSchema))
    .query(({ ctx }) => listColleagues(ctx.core)),

  assign: staffProcedure("leads.assign")
    .input(assignLeadSchema)
    .output(leadSchema)
    .mutation(({ ctx, input }) => assignLead(ctx.core, input)),

  /** Once for each mail that did not arrive. */
  sendMailAgain: staffProcedure("leads.update-status")
    .input(sendMailAgainSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await sendMailAgain(ctx.core, input);
      return null;
    }),

  updateStatus: staffProcedure("leads.update-status")
    .meta({
      openapi: {
        method: "PATCH",
        path: "/api/leads/{leadId}",
        tags: ["Leads"],
        summary: "Set a lead's status",
        description:
          "Send If-Match with the lead's ETag to be told (409, with the current lead) when someone else was faster.",
        protect: true,
        requestHeaders: z.object({ "If-Match": z.string().optional() }),
        errorResponses: [400, 401, 403, 404, 409, 422, 503],
      },
    })
    .input(updateLeadStatusSchema)
    .output(leadSchema)
    .mutation(({ ctx, input }) => updateLeadStatus(ctx.core, input)),
} satisfies TRPCRouterRecord;
