import type { Context } from "../context";
import { AppError } from "../errors";
import type { Standing } from "./authenticate";

/** Minutes for which a password or passkey counts as fresh enough for a sensitive action. */
const stepUpMinutes = 10;

/** Throws FORBIDDEN with the remedy `step-up` unless the caller proved who they are within the last ten minutes. API keys never can. */
export function assertSteppedUp(ctx: Pick<Context, "now">, { provedAt }: Pick<Standing, "provedAt">): void {
  if (provedAt === null) throw new AppError("FORBIDDEN", "An API key cannot do this: sign in as a person.");
  if (ctx.now().getTime() - provedAt.getTime() < stepUpMinutes * 60_000) return;
  throw new AppError("FORBIDDEN", "Confirm that it is you to go on.", { remedy: "step-up" });
}
