import type { Context } from "../context";
import { removeExpiredChallenges } from "../second-factor/challenges";
import { createSessionStore } from "./session-store";

/** Removes sessions past their absolute end, and ceremonies nobody finished. */
export async function removeExpiredSessions(ctx: Context): Promise<void> {
  await createSessionStore(ctx).deleteExpiredSessions();
  await removeExpiredChallenges(ctx);
}
