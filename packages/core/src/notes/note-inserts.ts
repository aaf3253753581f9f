import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import { colleagueMailInserts } from "../mail/colleague-mail";
import { findMentions } from "./policy";

interface NewNote {
  noteId: string;
  leadId: string;
  eventId: string;
  body: string;
}

/**
 * The INSERTs of a note, of whom it names and of the mails that tell them, as table expressions for the statement of its event. `source`
 * names the table expression whose one row, or none, decides whether anything is written.
 */
export async function noteInserts(
  ctx: StaffContext,
  { noteId, leadId, eventId, body }: NewNote,
  source: Prisma.Sql,
): Promise<Prisma.Sql[]> {
  const note = Prisma.sql`note AS (
    INSERT INTO lead_notes (id, lead_id, event_id, author_id, body, created_at)
    SELECT ${noteId}::uuid, ${leadId}::uuid, ${eventId}::uuid, ${ctx.actor.user.id}::uuid, ${body}, ${ctx.now()}::timestamptz ${source})`;
  const mentioned = await findMentioned(ctx, body);
  return [note, ...(await mentionInserts(ctx, { noteId, leadId, mentioned }, source))];
}

/** A colleague whom a note names. */
export interface Mentioned {
  id: string;
  name: string;
  email: string;
  wantsOwnMail: boolean;
}

/** The active colleagues whom a text names. */
export async function findMentioned(ctx: StaffContext, body: string): Promise<Mentioned[]> {
  if (!body.includes("@")) return [];
  const people = await ctx.db.prisma.user.findMany({
    where: { disabledAt: null },
    select: { id: true, name: true, email: true, wantsOwnMail: true },
  });
  return findMentions(body, people);
}

interface Mentions {
  noteId: string;
  leadId: string;
  mentioned: Mentioned[];
}

/** The INSERTs of mentions and of the mails about them. Who names themselves hears nothing. */
export async function mentionInserts(
  ctx: StaffContext,
  { noteId, leadId, mentioned }: Mentions,
  source: Prisma.Sql,
): Promise<Prisma.Sql[]> {
  if (mentioned.length === 0) return [];
  const others = mentioned.filter(({ id }) => id !== ctx.actor.user.id);
  const rows = mentioned.map(({ id }) => Prisma.sql`(${id}::uuid)`);
  const addresses = others.filter(({ wantsOwnMail }) => wantsOwnMail).map(({ email }) => email);
  return [
    Prisma.sql`mentions AS (
      INSERT INTO note_mentions (note_id, user_id, lead_id)
      SELECT ${noteId}::uuid, person.id, ${leadId}::uuid
      FROM (VALUES ${Prisma.join(rows)}) AS person (id), (SELECT 1 ${source}) AS decided)`,
    ...(await colleagueMailInserts(ctx, { kind: "NOTE_MENTION", leadId, addresses }, source)),
  ];
}
