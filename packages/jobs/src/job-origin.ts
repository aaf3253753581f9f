import type { JobName } from "@intake/core/ports/queue";

/** The request that asked for a job, so that its log lines and its trace can be found from there. */
export interface JobOrigin {
  requestId: string;
  /** W3C trace context of the request, where it is traced. */
  traceparent?: string | undefined;
}

/** How the host follows work from requests into jobs. */
export interface JobTracking {
  /** Of the request that is under way, if one is. */
  current(): JobOrigin | null;
  /** Runs a job in the name of what asked for it. */
  run<Answer>(job: { name: JobName; origin: JobOrigin | null }, work: () => Promise<Answer>): Promise<Answer>;
}

/** Beside the payload itself, under a name no payload has. */
export interface WithOrigin {
  origin?: JobOrigin | undefined;
}

/** The payload as it lies in the queue. */
export function withOrigin<Data extends object>(
  data: Data,
  tracking: Pick<JobTracking, "current"> | undefined,
): Data & WithOrigin {
  const origin = tracking?.current();
  return origin ? { ...data, origin } : data;
}
