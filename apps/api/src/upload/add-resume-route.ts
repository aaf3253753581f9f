import { noteWritten } from "@intake/core/auth/note-written";
import type { Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { leadIdSchema } from "@intake/core/leads/schema";
import type { SpooledResume } from "@intake/core/leads/submit-lead";
import type { DocumentInspector } from "@intake/core/ports/document-inspector";
import { addResume } from "@intake/core/resume-files/add-resume";
import { toAppError } from "@intake/core/translate-error";
import { Router } from "express";
import { stateOf } from "../http/request-state";
import { type Exchange, staffContext } from "../http/staff-context";
import type { Metrics } from "../metrics";
import { countRefusal } from "./count-refusal";
import { drainBriefly } from "./drain";
import { inspectFile } from "./inspect-file";
import { discardFile, type ReceivedForm, receiveForm } from "./receive-form";
import { refusalOf } from "./refusals";
import type { UploadGate, UploadPlace } from "./upload-gate";

export interface AddResumeRouteInput {
  effects: Effects;
  inspector: DocumentInspector;
  metrics: Metrics;
  spoolDirectory: string;
  gate: UploadGate;
}

/** `POST /api/leads/{lead_id}/resumes`: a newer file for a lead, by the same limits and with the same refusals as the form. */
export function addResumeRoute(input: AddResumeRouteInput): Router {
  const routes = Router();
  routes.post("/api/leads/:leadId/resumes", async (request, response) => {
    stateOf(response).route = "/api/leads/{leadId}/resumes";
    try {
      await input.gate.pass(request, (place) => answerUpload({ ...input, place }, { request, response }));
    } catch (thrown) {
      const error = toAppError(thrown);
      countRefusal(input, response, error);
      drainBriefly(request, response);
      throw error;
    }
  });
  return routes;
}

async function answerUpload(
  input: AddResumeRouteInput & { place: UploadPlace },
  exchange: Exchange,
): Promise<void> {
  const { effects, spoolDirectory, place } = input;
  const { request, response } = exchange;
  const ctx = await staffContext(effects, exchange, "resumes.add");
  const leadId = leadIdSchema.safeParse(request.params.leadId);
  if (!leadId.success) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
  const { resumeLimits } = effects.settings;
  const form = await receiveForm(request, { directory: spoolDirectory, resumeLimits, place });
  try {
    const added = await addResume(ctx, { leadId: leadId.data, resume: await readResume(form, input) });
    await noteWritten(ctx);
    response
      .status(added.isNew ? 201 : 200)
      .set("Cache-Control", "no-store")
      .json(added);
  } finally {
    await discardFile(form);
  }
}

/** The one file of the form, which has no other fields. Throws RefusedUploadError. */
async function readResume(
  form: ReceivedForm,
  { inspector, effects }: AddResumeRouteInput,
): Promise<SpooledResume> {
  const { resumeLimits } = effects.settings;
  const inspected = await inspectFile(form, { inspector, resumeLimits });
  const others = [...form.fields.keys()].map((path) => ({ path, message: "Send the file alone." }));
  const complaints = [...form.errors, ...others, ...inspected.errors];
  if (complaints.length > 0 || !inspected.format || !form.file)
    throw refusalOf(complaints, inspected.refusal);
  return { ...form.file, format: inspected.format };
}
