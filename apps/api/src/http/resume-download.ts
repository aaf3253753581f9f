import type { Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { leadIdSchema } from "@intake/core/leads/schema";
import { findDownload } from "@intake/core/resume-files/download-resume";
import { Router } from "express";
import { stateOf } from "./request-state";
import { sendResume } from "./send-resume";
import { staffContext } from "./staff-context";

/** `GET /api/leads/{lead_id}/resume`: the original bytes of the newest file, for whoever has a token or a key. */
export function resumeDownloadRoute(effects: Effects): Router {
  const routes = Router();
  routes.get("/api/leads/:leadId/resume", async (request, response) => {
    stateOf(response).route = "/api/leads/{leadId}/resume";
    const ctx = await staffContext(effects, { request, response }, "resumes.download");
    const leadId = leadIdSchema.safeParse(request.params.leadId);
    if (!leadId.success) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
    const file = await findDownload(ctx, { leadId: leadId.data });
    await sendResume(ctx, file, { request, response });
  });
  return routes;
}
