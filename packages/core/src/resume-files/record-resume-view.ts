import { Prisma } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";

/** One look at a file, however many pages of it, is one event; after so many minutes it is another look. */
const oneLookMinutes = 5;

/**
 * Notes that somebody sees a file, at most once per caller and file in five minutes. Every verb that shows a part of a file calls it, so
 * that nothing is seen without an event.
 */
export async function recordResumeView(
  ctx: StaffContext,
  file: { id: string; leadId: string },
): Promise<void> {
  const actorId = ctx.actor.type === "user" ? ctx.actor.user.id : ctx.actor.keyId;
  const since = new Date(ctx.now().getTime() - oneLookMinutes * 60 * 1000);
  const isNoted = Prisma.sql`EXISTS (SELECT 1 FROM audit_events WHERE actor_id = ${actorId} AND created_at > ${since}
    AND type = 'resume.viewed' AND data->>'resumeId' = ${file.id})`;
  const [known] = await ctx.db.prisma.$queryRaw<{ noted: boolean }[]>`SELECT ${isNoted} AS noted`;
  if (known?.noted) return;
  const event = { type: "resume.viewed", leadId: file.leadId, data: { resumeId: file.id } };
  await ctx.db.prisma.$transaction([
    // Two tabs that open the same file at once are one look.
    ctx.db.prisma
      .$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`resume.viewed ${actorId} ${file.id}`}, 0))`,
    ctx.db.prisma.$executeRaw(eventInsert(ctx, event, Prisma.sql`WHERE NOT ${isNoted}`).sql),
  ]);
}
