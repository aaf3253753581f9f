import type { PersonContext } from "../context";
import { changeDeadJob } from "./change-dead-job";
import type { DeadJobId } from "./schema";

/** Gives a job up for good; what it was about stays as it is. Throws NOT_FOUND when it waits for nobody's decision any more. */
export function discardDeadJob(ctx: PersonContext, { jobId }: DeadJobId): Promise<void> {
  return changeDeadJob(ctx, { id: jobId, isRetry: false });
}
