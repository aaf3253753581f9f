import { createLink } from "@intake/core/resume-files/create-link";
import { listVersions } from "@intake/core/resume-files/list-versions";
import { openView } from "@intake/core/resume-files/open-view";
import { readPage } from "@intake/core/resume-files/read-page";
import {
  createLinkSchema,
  readPageSchema,
  resumeLinkSchema,
  resumePageSchema,
  resumePlaceSchema,
  resumeVersionSchema,
  resumeViewSchema,
} from "@intake/core/resume-files/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffPersonProcedure, staffProcedure } from "../procedures";

export const resumesRouter = {
  versions: staffProcedure("leads.read")
    .input(resumePlaceSchema.pick({ leadId: true }))
    .output(z.array(resumeVersionSchema))
    .query(({ ctx, input }) => listVersions(ctx.core, input)),

  /** A mutation, because what is seen is recorded. */
  openView: staffProcedure("resumes.read")
    .input(resumePlaceSchema)
    .output(resumeViewSchema)
    .mutation(({ ctx, input }) => openView(ctx.core, input)),

  page: staffProcedure("resumes.read")
    .input(readPageSchema)
    .output(resumePageSchema)
    .query(({ ctx, input }) => readPage(ctx.core, input)),

  /** For the browser of a person; a program takes the original with its key (`GET /api/leads/{lead_id}/resume`). */
  createLink: staffPersonProcedure("resumes.download")
    .input(createLinkSchema)
    .output(resumeLinkSchema)
    .mutation(({ ctx, input }) => createLink(ctx.core, input)),
} satisfies TRPCRouterRecord;
