import { discardDeadJob } from "@intake/core/operations/discard-dead-job";
import { getOperations } from "@intake/core/operations/get-operations";
import { retryDeadJob } from "@intake/core/operations/retry-dead-job";
import { deadJobIdSchema, operationsSchema } from "@intake/core/operations/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffPersonProcedure } from "../procedures";

export const operationsRouter = {
  get: staffPersonProcedure("operations.manage")
    .output(operationsSchema)
    .query(({ ctx }) => getOperations(ctx.core)),

  retryJob: staffPersonProcedure("operations.manage")
    .input(deadJobIdSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await retryDeadJob(ctx.core, input);
      return null;
    }),

  discardJob: staffPersonProcedure("operations.manage")
    .input(deadJobIdSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await discardDeadJob(ctx.core, input);
      return null;
    }),
} satisfies TRPCRouterRecord;
