import type { Context, Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { submitLead } from "@intake/core/leads/submit-lead";
import type { DocumentInspector } from "@intake/core/ports/document-inspector";
import { maxResumeBytes } from "@intake/core/resumes/schema";
import { toAppError } from "@intake/core/translate-error";
import { type Request, type Response, Router } from "express";
import { logProblem, sendProblem, statusOf } from "../http/problem";
import { stateOf } from "../http/request-state";
import type { Metrics } from "../metrics";
import { discardFile, type ReceivedForm, receiveForm } from "./receive-form";
import { drainBriefly } from "./drain";
import { readSubmission, RefusedUploadError } from "./read-submission";

/** Bytes a form may have around its file: three short fields and the boundaries. */
const formOverheadBytes = 64 * 1024;
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
      await answerSubmission(input, request, response, uploads > maxUploads);
    } finally {
      uploads -= 1;
    }
  });
  return routes;
}

async function answerSubmission(input: SubmitRouteInput, request: Request, response: Response, isFull: boolean): Promise<void> {
  const { effects, metrics } = input;
  let form: ReceivedForm | null = null;
  try {
    if (isFull) throw new AppError("SERVICE_UNAVAILABLE", "Many people are sending right now.", { retryAfterSeconds: 5 });
    await effects.throttles.submit.admit(request.ip ?? "unknown");
    refuseHugeBody(request);
    form = await receiveForm(request, input.spoolDirectory);
    const submission = await readSubmission(form, request.get("Idempotency-Key"), input.inspector);
    const ctx: Context = { ...effects, actor: { type: "prospect" }, requestId: stateOf(response).requestId };
    const { receipt, isReplay } = await submitLead(ctx, submission);
    metrics.submissions.inc({ outcome: isReplay ? "replayed" : "accepted" });
    response.setHeader("Cache-Control", "no-store");
    if (wantsPage(request)) response.redirect(303, receipt.receiptUrl);
    else response.status(isReplay ? 200 : 201).location(`/api/leads/${receipt.id}`).json(receipt);
  } catch (thrown) {
    await answerRefusal(input, request, response, { form, error: toAppError(thrown) });
  } finally {
    if (form) await discardFile(form);
  }
}

/** A body that cannot hold an acceptable file is refused before it is read (security rule 2). */
function refuseHugeBody(request: Request): void {
  const length = Number(request.headers["content-length"] ?? 0);
  if (length > maxResumeBytes + formOverheadBytes) {
    throw new RefusedUploadError(
      "PAYLOAD_TOO_LARGE",
      [{ path: "resume", message: "The file is larger than 5 MB. Choose a file up to 5 MB: saving it again as “smaller size” usually does it." }],
      "too-large",
    );
  }
}

async function answerRefusal(
  input: SubmitRouteInput,
  request: Request,
  response: Response,
  refusal: { form: ReceivedForm | null; error: AppError },
): Promise<void> {
  const { error, form } = refusal;
  logProblem(input.effects.log, response, error);
  input.metrics.submissions.inc({ outcome: error.code === "SERVICE_UNAVAILABLE" ? "unavailable" : "refused" });
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
  response.status(statusOf(error)).type("html").send(await input.renderFormAgain(form, error));
}

/** A plain browser post asks for a page; scripts send `X-Requested-With` or do not ask for HTML. */
function wantsPage(request: Request): boolean {
  return request.get("X-Requested-With") === undefined && request.accepts(["json", "html"]) === "html";
}
