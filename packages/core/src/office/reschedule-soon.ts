import type { Transaction } from "@intake/db/database";
import type { Context } from "../context";
import { toSql } from "../sql";

/** Milliseconds until no instance remembers the rules as they were (`read-office-rules.ts`): no lead comes in by them any more. */
const delay = 5000;

/** Gives the waiting leads their promises anew, after a change of hours, holidays or target; part of the change's transaction. */
export async function rescheduleSoon(ctx: Pick<Context, "queue" | "now">, tx: Transaction): Promise<void> {
  const startAfter = new Date(ctx.now().getTime() + delay);
  const job = await ctx.queue.jobInsert("leads.reschedule", [{ data: { afterId: null }, startAfter }]);
  await tx.$executeRaw(toSql(job));
}
