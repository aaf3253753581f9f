import { Prisma } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { getLead } from "../leads/get-lead";
import { queryRows } from "../sql";
import { noteInserts } from "./note-inserts";
import type { AddNote, Note } from "./schema";

/**
 * Writes a note about a lead and tells whom it names. The same `noteId` again answers with the note as it was written first. Throws
 * NOT_FOUND, or CONFLICT when the id belongs to somebody else's note.
 */
export async function addNote(ctx: StaffContext, input: AddNote): Promise<Note> {
  const { leadId, noteId, body } = input;
  await getLead(ctx, leadId);
  const event = eventInsert(ctx, { type: "lead.noted", leadId, data: { noteId } }, Prisma.sql`FROM fresh`);
  const note = await noteInserts(ctx, { noteId, leadId, eventId: event.id, body }, Prisma.sql`FROM fresh`);
  // A lock on the id, so that the same note sent twice at once waits for the first and then finds it.
  const written = await ctx.db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${noteId}, 0))`;
    return tx.$queryRaw<{ id: string }[]>`WITH fresh AS (
      SELECT ${noteId}::uuid AS id WHERE NOT EXISTS (SELECT 1 FROM lead_notes WHERE id = ${noteId}::uuid)
    ), ${Prisma.join([Prisma.sql`event AS (${event.sql})`, ...note])} SELECT id FROM fresh`;
  });
  if (written.length > 0) ctx.live.tell({ leadId, kind: "notes" });
  const [saved] = await queryRows<NoteRow>(
    ctx.db,
    Prisma.sql`SELECT id, lead_id, body, created_at, edited_at FROM lead_notes
      WHERE id = ${noteId}::uuid AND lead_id = ${leadId}::uuid AND author_id = ${ctx.actor.user.id}::uuid`,
  );
  if (!saved) throw new AppError("CONFLICT", "This note has been written already, by somebody else.");
  return toNote(saved);
}

/** The columns of a note, as PostgreSQL returns them. */
export interface NoteRow {
  id: string;
  lead_id: string;
  body: string;
  created_at: Date;
  edited_at: Date | null;
}

export function toNote(row: NoteRow): Note {
  return {
    ...{ id: row.id, leadId: row.lead_id, body: row.body },
    createdAt: row.created_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
  };
}
