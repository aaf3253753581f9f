import type { Context } from "../context";
import { businessMinutesBetween } from "../office/policy";
import { readOfficeRules } from "../office/read-office-rules";

/** How long the office took from a lead's arrival until now, in whole minutes of its own business hours. */
export async function countResponseMinutes(
  ctx: Pick<Context, "db" | "settings" | "now">,
  arrivedAt: Date,
): Promise<number> {
  const { hours } = await readOfficeRules(ctx);
  return businessMinutesBetween(hours, arrivedAt, ctx.now());
}
