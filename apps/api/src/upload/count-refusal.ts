import type { Effects } from "@intake/core/context";
import type { AppError } from "@intake/core/errors";
import type { Response } from "express";
import { stateOf } from "../http/request-state";
import type { Metrics } from "../metrics";
import { RefusedUploadError } from "./refusals";

/** Counts and logs a refused file, by its reason. */
export function countRefusal(
  { metrics, effects }: { metrics: Metrics; effects: Effects },
  response: Response,
  error: AppError,
): void {
  if (!(error instanceof RefusedUploadError) || !error.refusal) return;
  metrics.uploadRefusals.inc({ reason: error.refusal });
  const { requestId } = stateOf(response);
  effects.log.info({ event: "upload_validation", requestId, refusal: error.refusal }, "resume refused");
}
