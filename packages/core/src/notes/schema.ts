/** Notes that colleagues write about a lead. The prospect never sees them. Browser-safe. */
import { z } from "zod";
import { text } from "../text";

export const maxNoteCharacters = 5000;

export const noteTextSchema = text({
  max: maxNoteCharacters,
  required: "Write something first.",
  tooLong: "Shorten the note to at most 5,000 characters.",
  hasLines: true,
});

export const addNoteSchema = z.strictObject({
  leadId: z.uuid("This is not the id of a lead."),
  /** Chosen by the writer: sending the same note again, after an answer was lost, does not write it twice. */
  noteId: z.uuid(),
  body: noteTextSchema,
});
export type AddNote = z.infer<typeof addNoteSchema>;

export const editNoteSchema = z.strictObject({
  noteId: z.uuid(),
  body: noteTextSchema,
  /** `editedAt` as the writer saw it: two windows do not overwrite each other. */
  editedAt: z.iso.datetime().nullable(),
});
export type EditNote = z.infer<typeof editNoteSchema>;

export const noteSchema = z.object({
  id: z.uuid(),
  leadId: z.uuid(),
  body: z.string(),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
});
export type Note = z.infer<typeof noteSchema>;

/** A note that names somebody, as their marker shows it. */
export const mentionSchema = z.object({
  leadId: z.uuid(),
  firstName: z.string(),
  lastName: z.string(),
  at: z.iso.datetime(),
});
export type Mention = z.infer<typeof mentionSchema>;
