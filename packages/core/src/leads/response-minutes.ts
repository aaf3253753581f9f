import type { Context } from "../context";
import { businessMinutesBetween } from "../office/policy";
import { readPromise } from "../office/read-promise";

/** How long the office took from a lead's arrival until now, in whole minutes of its own business hours. */
export async function countResponseMinutes(
  ctx: Pick<Context, "db" | "settings" | "now">,
  arrivedAt: Date,
): Promise<number> {
  const { hours } = await readPromise(ctx);
  return businessMinutesBetween(hours, arrivedAt, ctx.now());
}
