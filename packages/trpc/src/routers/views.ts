import { readReplica } from "@intake/core/read-replica";
import { changeView, deleteView } from "@intake/core/views/change-view";
import { getListHabits, keepLayout, noteLook } from "@intake/core/views/list-habits";
import { listViews } from "@intake/core/views/list-views";
import { pinView } from "@intake/core/views/pin-view";
import { saveView } from "@intake/core/views/save-view";
import {
  changeViewSchema,
  deleteViewSchema,
  listHabitsSchema,
  listLayoutSchema,
  listViewSchema,
  lookedSchema,
  pinViewSchema,
  saveViewSchema,
} from "@intake/core/views/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffPersonProcedure } from "../procedures";

export const viewsRouter = {
  list: staffPersonProcedure("leads.read")
    .output(z.array(listViewSchema))
    .query(({ ctx }) => readReplica(ctx.core, listViews)),

  save: staffPersonProcedure("leads.read")
    .input(saveViewSchema)
    .output(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => saveView(ctx.core, input)),

  change: staffPersonProcedure("leads.read")
    .input(changeViewSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await changeView(ctx.core, input);
      return null;
    }),

  delete: staffPersonProcedure("leads.read")
    .input(deleteViewSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await deleteView(ctx.core, input);
      return null;
    }),

  pin: staffPersonProcedure("leads.read")
    .input(pinViewSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await pinView(ctx.core, input);
      return null;
    }),

  /** How the caller has laid out their list, and up to when they have seen it. */
  habits: staffPersonProcedure("leads.read")
    .output(listHabitsSchema)
    .query(({ ctx }) => getListHabits(ctx.core)),

  keepLayout: staffPersonProcedure("leads.read")
    .input(listLayoutSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await keepLayout(ctx.core, input);
      return null;
    }),

  look: staffPersonProcedure("leads.read")
    .input(lookedSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await noteLook(ctx.core, input);
      return null;
    }),
} satisfies TRPCRouterRecord;
