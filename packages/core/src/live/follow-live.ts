import { authenticateSessionId } from "../auth/authenticate";
import { can, explainDenial, idleSeconds } from "../auth/policy";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import type { Live } from "../ports/live";
import { findWrittenUpTo } from "./create-live";
import { createInbox } from "./inbox";
import type { LiveNews } from "./schema";

/** How often a connection asks whether its session still counts, in milliseconds (security figures: revoked within 1 s). */
const checkMilliseconds = 1_000;
/** Connections of one person to one instance: a browser has one, however many tabs. */
export const maxConnections = 12;

const connections = new WeakMap<Live, Map<string, number>>();

/**
 * What happens to leads anywhere, for one open screen, until it or its session ends. Following is no activity: nothing here keeps a
 * session alive. Throws TOO_MANY_REQUESTS, and UNAUTHORIZED in the middle when the session ends.
 */
export async function* followLive(
  ctx: PersonContext,
  { signal }: { signal: AbortSignal },
): AsyncGenerator<LiveNews, void> {
  const leave = enter(ctx);
  const inbox = createInbox();
  const end = () => inbox.close();
  const stopListening = ctx.live.listen(inbox.add);
  const check = setInterval(() => {
    assertStillAllowed(ctx).catch((error: Error) => inbox.close(error));
  }, checkMilliseconds).unref();
  const signals = [signal, ctx.live.stopping];
  for (const each of signals) each.addEventListener("abort", end);
  try {
    if (signals.some(({ aborted }) => aborted)) return;
    yield* catchUp(ctx);
    for (let news = await inbox.take(); news; news = await inbox.take()) yield news;
  } finally {
    clearInterval(check);
    stopListening();
    for (const each of signals) each.removeEventListener("abort", end);
    leave();
  }
}

/** What is on the screen may come from a replica that was behind with changes that were told before. */
async function* catchUp(ctx: PersonContext): AsyncGenerator<LiveNews, void> {
  if (!ctx.replicas.isAny) return;
  const upTo = (await findWrittenUpTo(ctx.db)) ?? 0;
  if (!(await ctx.replicas.find(upTo))) yield { changes: [], isMany: true, upTo };
}

/** Takes one of the person's places; returns how to give it back. */
function enter(ctx: PersonContext): () => void {
  const { id } = ctx.actor.user;
  const counts = connections.get(ctx.live) ?? new Map<string, number>();
  connections.set(ctx.live, counts);
  const open = counts.get(id) ?? 0;
  if (open >= maxConnections)
    throw new AppError("TOO_MANY_REQUESTS", "Intake is open in too many browsers to keep all up to date.", {
      retryAfterSeconds: 60,
    });
  counts.set(id, open + 1);
  return () => {
    const left = (counts.get(id) ?? 1) - 1;
    if (left === 0) counts.delete(id);
    else counts.set(id, left);
  };
}

async function assertStillAllowed(ctx: PersonContext): Promise<void> {
  // As idle as a living session can be: asking adds nothing to what is known of its activity.
  const actor = await authenticateSessionId(ctx, { sessionId: ctx.actor.sessionId, idleSeconds });
  if (!actor) throw new AppError("UNAUTHORIZED", "Sign in to go on.");
  if (actor.lacksSecondFactor || !can(actor.user, "leads.read"))
    throw new AppError("FORBIDDEN", explainDenial("leads.read"));
}
