import { coarseSource } from "@intake/core/auth/coarse-source";
import type { Context, Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { submitLead } from "@intake/core/leads/submit-lead";
import type { DocumentInspector } from "@intake/core/ports/document-inspector";
import type { ResumeLimits } from "@intake/core/resumes/schema";
import { StorageQuotaError } from "@intake/core/resumes/storage-quota";
import { toAppError } from "@intake/core/translate-error";
import { type Request, type Response, Router } from "express";
import { logProblem, sendProblem, statusOf } from "../http/problem";
import { stateOf } from "../http/request-state";
import type { Metrics } from "../metrics";
import { drainBriefly } from "./drain";
import { readSubmission } from "./read-submission";
import { discardFile, maxFormBytes, type ReceivedForm, receiveForm } from "./receive-form";
import { formTooLarge, RefusedUploadError } from "./refusals";

/** Uploads at once; more are asked to come back (security rule 2). */
const maxUploads = 200;

export interface SubmitRouteInput {
  effects: Effects;
  inspector: DocumentInspector;
  metrics: Metrics;
  spoolDirectory: string;
  /** The form page again, for browsers that post without JavaScript. */
  renderFormAgain(form: ReceivedForm | null, error: AppError): Promise<string>;
}

/** `POST /api/leads`: the public multipart door (design 3). */
export function submitRoute(input: SubmitRouteInput): Router {
  const routes = Router();
  let uploads = 0;
  routes.post("/api/leads", async (request, response) => {
    stateOf(response).route = "/api/leads";
    uploads += 1;
    try {
      if (uploads > maxUploads)
        await answerRefusal(input, { request, response }, { form: null, error: tooMany() });
      else await answerSubmission(input, { request, response });
    } finally {
      uploads -= 1;
    }
  });
  return routes;
}

interface Exchange {
  request: Request;
  response: Response;
}

function tooMany(): AppError {
  return new AppError("SERVICE_UNAVAILABLE", "Many people are sending right now.", { retryAfterSeconds: 5 });
}

async function answerSubmission(input: SubmitRouteInput, exchange: Exchange): Promise<void> {
  const { effects, metrics, inspector } = input;
  const { request, response } = exchange;
  const { resumeLimits } = effects.settings;
  let form: ReceivedForm | null = null;
  try {
    await effects.throttles.submit.admit(request.ip ?? "unknown");
    refuseHugeBody(request, resumeLimits);
    form = await receiveForm(request, { directory: input.spoolDirectory, resumeLimits });
    const headerKey = request.get("Idempotency-Key");
    const submission = await readSubmission(form, { headerKey, inspector, resumeLimits });
    const ctx: Context = {
      ...effects,
      actor: { type: "prospect" },
      requestId: stateOf(response).requestId,
      source: coarseSource(request.ip ?? "unknown"),
    };
    const { receipt, isReplay } = await submitLead(ctx, submission);
    metrics.submissions.inc({ outcome: isReplay ? "replayed" : "accepted" });
    response.setHeader("Cache-Control", "no-store");
    if (wantsPage(request)) response.redirect(303, receipt.receiptUrl);
    else
      response
        .status(isReplay ? 200 : 201)
        .location(`/api/leads/${receipt.id}`)
        .json(receipt);
  } catch (thrown) {
    await answerRefusal(input, exchange, { form, error: toAppError(thrown) });
  } finally {
    if (form) await discardFile(form);
  }
}

/** A body that cannot hold an acceptable file is refused before it is read (security rule 2). */
function refuseHugeBody(request: Request, limits: ResumeLimits): void {
  if (Number(request.headers["content-length"] ?? 0) > maxFormBytes(limits)) throw formTooLarge(limits);
}

async function answerRefusal(
  input: SubmitRouteInput,
  { request, response }: Exchange,
  { form, error }: { form: ReceivedForm | null; error: AppError },
): Promise<void> {
  logProblem(input.effects.log, response, error);
  input.metrics.submissions.inc({ outcome: outcomeOf(error) });
  if (error instanceof RefusedUploadError && error.refusal) {
    input.metrics.uploadRefusals.inc({ reason: error.refusal });
    input.effects.log.info(
      { event: "upload_validation", requestId: stateOf(response).requestId, refusal: error.refusal },
      "resume refused",
    );
  }
  if (response.destroyed) return;
  drainBriefly(request, response);
  if (!wantsPage(request)) {
    sendProblem(response, error);
    return;
  }
  if (error.retryAfterSeconds !== undefined) response.setHeader("Retry-After", error.retryAfterSeconds);
  response.setHeader("Cache-Control", "no-store");
  response
    .status(statusOf(error))
    .type("html")
    .send(await input.renderFormAgain(form, error));
}

function outcomeOf(error: AppError): string {
  if (error instanceof StorageQuotaError) return "over_quota";
  return error.code === "SERVICE_UNAVAILABLE" ? "unavailable" : "refused";
}

/** A plain browser post asks for a page; scripts send `X-Requested-With` or do not ask for HTML. */
function wantsPage(request: Request): boolean {
  return request.get("X-Requested-With") === undefined && request.accepts(["json", "html"]) === "html";
}
