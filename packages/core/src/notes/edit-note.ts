import { Prisma } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { queryRows } from "../sql";
import { type NoteRow, toNote } from "./add-note";
import { findMentioned, mentionInserts } from "./note-inserts";
import { isEditable } from "./policy";
import type { EditNote, Note } from "./schema";

/**
 * Changes a note of one's own, within a day, and tells whom it names now and did not before. Throws NOT_FOUND, FORBIDDEN for the note
 * of a colleague or an older one, CONFLICT when it was changed elsewhere meanwhile.
 */
export async function editNote(ctx: StaffContext, input: EditNote): Promise<Note> {
  const [found] = await queryRows<NoteRow & { author_id: string; mentioned: string[] }>(
    ctx.db,
    Prisma.sql`SELECT id, lead_id, body, created_at, edited_at, author_id,
        ARRAY(SELECT user_id FROM note_mentions WHERE note_id = ${input.noteId}::uuid) AS mentioned
      FROM lead_notes WHERE id = ${input.noteId}::uuid`,
  );
  if (!found) throw new AppError("NOT_FOUND", "This note is not here any more.");
  if (found.author_id !== ctx.actor.user.id)
    throw new AppError("FORBIDDEN", "Only its author can change a note.");
  if (!isEditable(found.created_at, ctx.now()))
    throw new AppError("FORBIDDEN", "A note can be changed for a day. Write a new one instead.");
  if (found.body === input.body) return toNote(found);

  const { lead_id: leadId, id: noteId } = found;
  const named = await findMentioned(ctx, input.body);
  const added = named.filter(({ id }) => !found.mentioned.includes(id));
  const source = Prisma.sql`FROM changed`;
  const event = eventInsert(ctx, { type: "lead.note_edited", leadId, data: { noteId } }, source);
  const kept = named.map(({ id }) => id);
  const changed = await queryRows<NoteRow>(
    ctx.db,
    Prisma.sql`WITH changed AS (
      UPDATE lead_notes SET body = ${input.body}, edited_at = ${ctx.now()}::timestamptz
      WHERE id = ${noteId}::uuid AND edited_at IS NOT DISTINCT FROM ${input.editedAt}::timestamptz
      RETURNING id, lead_id, body, created_at, edited_at
    ), unnamed AS (
      DELETE FROM note_mentions WHERE note_id IN (SELECT id FROM changed) AND user_id <> ALL (${kept}::uuid[])
    ), ${Prisma.join([
      Prisma.sql`event AS (${event.sql})`,
      ...(await mentionInserts(ctx, { noteId, leadId, mentioned: added }, source)),
    ])}
    SELECT * FROM changed`,
  );
  const [note] = changed;
  if (!note)
    throw new AppError("CONFLICT", "You changed this note in another window. Look at it there first.");
  ctx.live.tell({ leadId, kind: "notes" });
  return toNote(note);
}
