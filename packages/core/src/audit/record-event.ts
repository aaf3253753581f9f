import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import type { Actor, Context } from "../context";

export interface AuditEventInput {
  /** Past tense, `noun.verb`: `lead.submitted`, `auth.sign_in_failed`. */
  type: string;
  leadId?: string;
  /** The person it happened to. */
  userId?: string;
  /** Ids, enums and numbers; never names, addresses or texts. */
  data?: Record<string, string | number | boolean | null>;
}

function actorColumns(actor: Actor): { type: string; id: string | null } {
  switch (actor.type) {
    case "user":
      return { type: "user", id: actor.user.id };
    case "api_key":
      return { type: "api_key", id: actor.keyId };
    case "prospect":
      return { type: "prospect", id: null };
    case "system":
      return { type: "system", id: actor.job };
  }
}

/**
 * The INSERT of one event, for the transaction or statement of what it tells about. Returns its id beside it. `source` may name the
 * table expression whose one row, or none, decides whether there is anything to tell.
 */
export function eventInsert(
  ctx: Pick<Context, "actor" | "requestId" | "source" | "now">,
  event: AuditEventInput,
  source: Prisma.Sql = Prisma.empty,
): { id: string; sql: Prisma.Sql } {
  const id = uuidv7();
  const actor = actorColumns(ctx.actor);
  const sql = Prisma.sql`INSERT INTO audit_events (id, type, actor_type, actor_id, lead_id, user_id, source, request_id, data, created_at)
    SELECT ${id}::uuid, ${event.type}, ${actor.type}, ${actor.id}, ${event.leadId ?? null}::uuid,
      ${event.userId ?? null}::uuid, ${ctx.source}, ${ctx.requestId},
      ${JSON.stringify(event.data ?? {})}::jsonb, ${ctx.now()}::timestamptz ${source}`;
  return { id, sql };
}

/** Writes one event outside of any other change (a sign-in, a download). */
export async function recordEvent(
  ctx: Pick<Context, "actor" | "requestId" | "source" | "now" | "db">,
  event: AuditEventInput,
): Promise<void> {
  await ctx.db.prisma.$executeRaw(eventInsert(ctx, event).sql);
}
