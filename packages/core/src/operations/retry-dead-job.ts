import type { PersonContext } from "../context";
import { changeDeadJob } from "./change-dead-job";
import type { DeadJobId } from "./schema";

/** Has a job that gave up tried once more. Throws NOT_FOUND when it is none any more. */
export function retryDeadJob(ctx: PersonContext, { jobId }: DeadJobId): Promise<void> {
  return changeDeadJob(ctx, { id: jobId, isRetry: true });
}
