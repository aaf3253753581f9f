import { AppError } from "../errors";
import type { Standing } from "./authenticate";

/** Throws FORBIDDEN with the remedy `second-factor-setup` while the caller's role needs a second factor that they do not have. */
export function assertSecondFactor({ lacksSecondFactor }: Pick<Standing, "lacksSecondFactor">): void {
  if (!lacksSecondFactor) return;
  throw new AppError("FORBIDDEN", "Your role needs a second factor. Set one up to go on.", {
    remedy: "second-factor-setup",
  });
}
