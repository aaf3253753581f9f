import type { Effects } from "@intake/core/context";
import type { AppError } from "@intake/core/errors";
import { submitLead } from "@intake/core/leads/submit-lead";
import type { DocumentInspector } from "@intake/core/ports/document-inspector";
import { StorageQuotaError } from "@intake/core/resumes/storage-quota";
import { toAppError } from "@intake/core/translate-error";
import { countUploadFailure } from "@intake/core/upload-failures/count-upload-failure";
import { type Request, Router } from "express";
import { logProblem, sendProblem, statusOf } from "../http/problem";
import { stateOf } from "../http/request-state";
import { type Exchange, strangerContext } from "../http/staff-context";
import type { Metrics } from "../metrics";
import { countRefusal } from "./count-refusal";
import { drainBriefly } from "./drain";
import { failureOf } from "./failure-reason";
import { readSubmission } from "./read-submission";
import { discardFile, type ReceivedForm, receiveForm } from "./receive-form";
import type { UploadGate, UploadPlace } from "./upload-gate";

export interface SubmitRouteInput {
  effects: Effects;
  inspector: DocumentInspector;
  metrics: Metrics;
  spoolDirectory: string;
  gate: UploadGate;
  /** The form page again, for browsers that post without JavaScript. */
  renderFormAgain(form: ReceivedForm | null, error: AppError): Promise<string>;
}

/** `POST /api/leads`: the public multipart door (design 3). */
export function submitRoute(input: SubmitRouteInput): Router {
  const routes = Router();
  routes.post("/api/leads", async (request, response) => {
    stateOf(response).route = "/api/leads";
    const received: { form: ReceivedForm | null } = { form: null };
    try {
      await input.gate.pass(request, (place) =>
        answerSubmission({ ...input, place }, { request, response }, received),
      );
    } catch (thrown) {
      const error = toAppError(thrown);
      await answerRefusal(input, { request, response }, { form: received.form, error });
      await countFailure(input.effects, { request, response }, error);
    } finally {
      if (received.form) await discardFile(received.form);
    }
  });
  return routes;
}

async function answerSubmission(
  { effects, metrics, inspector, spoolDirectory, place }: SubmitRouteInput & { place: UploadPlace },
  { request, response }: Exchange,
  received: { form: ReceivedForm | null },
): Promise<void> {
  const { resumeLimits, publicUrl } = effects.settings;
  await effects.throttles.submit.admit(request.ip ?? "unknown");
  received.form = await receiveForm(request, { directory: spoolDirectory, resumeLimits, place });
  const headerKey = request.get("Idempotency-Key");
  const source = isOwnForm(request, publicUrl) ? "FORM" : "API";
  const submission = await readSubmission(received.form, { headerKey, source, inspector, resumeLimits });
  const { receipt, isReplay } = await submitLead(strangerContext(effects, { request, response }), submission);
  metrics.submissions.inc({ outcome: isReplay ? "replayed" : "accepted" });
  response.setHeader("Cache-Control", "no-store");
  if (wantsPage(request)) response.redirect(303, receipt.receiptUrl);
  else
    response
      .status(isReplay ? 200 : 201)
      .location(`/api/leads/${receipt.id}`)
      .json(receipt);
}

async function answerRefusal(
  input: SubmitRouteInput,
  { request, response }: Exchange,
  { form, error }: { form: ReceivedForm | null; error: AppError },
): Promise<void> {
  logProblem(input.effects.log, response, error);
  input.metrics.submissions.inc({ outcome: outcomeOf(error) });
  countRefusal(input, response, error);
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

/** For the office's numbers. Nobody waits for it, and nothing depends on it. */
async function countFailure(effects: Effects, exchange: Exchange, error: AppError): Promise<void> {
  const failure = failureOf(exchange.request, error);
  if (!failure) return;
  await countUploadFailure(strangerContext(effects, exchange), failure).catch((cause: unknown) =>
    effects.log.warn({ error: cause }, "a failed upload could not be counted"),
  );
}

function outcomeOf(error: AppError): string {
  if (error instanceof StorageQuotaError) return "over_quota";
  return error.code === "SERVICE_UNAVAILABLE" ? "unavailable" : "refused";
}

/** Browsers name the page a post comes from; without JavaScript, under a strict referrer policy, they name none but want a page back. */
function isOwnForm(request: Request, publicUrl: string): boolean {
  return request.get("Origin") === new URL(publicUrl).origin || wantsPage(request);
}

/** A plain browser post asks for a page; scripts send `X-Requested-With` or do not ask for HTML. */
function wantsPage(request: Request): boolean {
  return request.get("X-Requested-With") === undefined && request.accepts(["json", "html"]) === "html";
}
