import type { Context } from "../context";
import { createSessionStore } from "./session-store";

/** Removes sessions past their absolute end. */
export async function removeExpiredSessions(ctx: Context): Promise<void> {
  await createSessionStore(ctx).deleteExpiredSessions();
}
