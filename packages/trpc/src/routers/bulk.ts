import { getBulk, listMyBulk } from "@intake/core/bulk/get-bulk";
import { bulkIdSchema, bulkProgressSchema, startBulkSchema } from "@intake/core/bulk/schema";
import { startBulk } from "@intake/core/bulk/start-bulk";
import { cancelBulk, undoBulk } from "@intake/core/bulk/undo-bulk";
import { countSelection } from "@intake/core/selection/count-selection";
import { leadSelectionSchema, selectionCountSchema } from "@intake/core/selection/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffPersonProcedure, staffProcedure } from "../procedures";

/** For people at a screen: whoever has read the number that is changed, and can take it back. */
export const bulkRouter = {
  /** A mutation, because ten thousand ids are no address. */
  count: staffProcedure("leads.read")
    .input(leadSelectionSchema)
    .output(selectionCountSchema)
    .mutation(({ ctx, input }) => countSelection(ctx.core, input)),

  start: staffPersonProcedure("leads.change-many")
    .input(startBulkSchema)
    .output(bulkProgressSchema)
    .mutation(({ ctx, input }) => startBulk(ctx.core, input)),

  progress: staffPersonProcedure("leads.change-many")
    .input(bulkIdSchema)
    .output(bulkProgressSchema)
    .query(({ ctx, input }) => getBulk(ctx.core, input.bulkId)),

  mine: staffPersonProcedure("leads.change-many")
    .output(z.array(bulkProgressSchema))
    .query(({ ctx }) => listMyBulk(ctx.core)),

  cancel: staffPersonProcedure("leads.change-many")
    .input(bulkIdSchema)
    .output(bulkProgressSchema)
    .mutation(({ ctx, input }) => cancelBulk(ctx.core, input)),

  undo: staffPersonProcedure("leads.change-many")
    .input(bulkIdSchema)
    .output(bulkProgressSchema)
    .mutation(({ ctx, input }) => undoBulk(ctx.core, input)),
} satisfies TRPCRouterRecord;
