import { countUploadFailure } from "@intake/core/upload-failures/count-upload-failure";
import { reportUploadFailureSchema } from "@intake/core/upload-failures/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { publicProcedure } from "../procedures";

export const uploadFailuresRouter = {
  /** The form page tells of an upload that never reached the server, or never will. */
  report: publicProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/api/upload-failures",
        tags: ["Leads"],
        summary: "Tell that a resume could not be sent",
        description:
          "Counted by reason, kind of browser and size, so that the office learns that some people cannot get through. Nothing else is kept.",
        protect: false,
        errorResponses: [422, 429, 503],
      },
    })
    .input(reportUploadFailureSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await ctx.effects.throttles.uploadFailure.admit(ctx.source);
      await countUploadFailure(ctx.core, input);
      return null;
    }),
} satisfies TRPCRouterRecord;
