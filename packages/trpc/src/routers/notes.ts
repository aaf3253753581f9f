import { addNote } from "@intake/core/notes/add-note";
import { editNote } from "@intake/core/notes/edit-note";
import { listMyMentions } from "@intake/core/notes/list-my-mentions";
import { addNoteSchema, editNoteSchema, mentionSchema, noteSchema } from "@intake/core/notes/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffProcedure } from "../procedures";

export const notesRouter = {
  add: staffProcedure("leads.note")
    .input(addNoteSchema)
    .output(noteSchema)
    .mutation(({ ctx, input }) => addNote(ctx.core, input)),

  edit: staffProcedure("leads.note")
    .input(editNoteSchema)
    .output(noteSchema)
    .mutation(({ ctx, input }) => editNote(ctx.core, input)),

  /** Notes that name the caller and that they have not seen. */
  myMentions: staffProcedure("leads.read")
    .output(z.array(mentionSchema))
    .query(({ ctx }) => listMyMentions(ctx.core)),
} satisfies TRPCRouterRecord;
