import { pipeline } from "node:stream/promises";
import { assertSecondFactor } from "@intake/core/auth/assert-second-factor";
import { authenticate } from "@intake/core/auth/authenticate";
import { coarseSource } from "@intake/core/auth/coarse-source";
import type { Context, Effects, StaffContext } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { leadIdSchema } from "@intake/core/leads/schema";
import { downloadResume } from "@intake/core/resumes/download-resume";
import { attachmentHeader } from "@intake/core/resumes/file-name";
import { type Request, type Response, Router } from "express";
import { createRequestContext } from "./request-context";
import { stateOf } from "./request-state";

/** `GET /api/leads/{lead_id}/resume`: the original bytes, only ever as an attachment. */
export function resumeDownloadRoute(effects: Effects): Router {
  const routes = Router();
  routes.get("/api/leads/:leadId/resume", async (request, response) => {
    stateOf(response).route = "/api/leads/{leadId}/resume";
    const ctx = await staffContext(effects, request, response);
    const leadId = leadIdSchema.safeParse(request.params.leadId);
    if (!leadId.success) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
    const resume = await downloadResume(ctx, { leadId: leadId.data });
    response.set({
      "Content-Type": resume.mediaType,
      "Content-Length": String(resume.sizeBytes),
      "Content-Disposition": attachmentHeader(resume.fileName),
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "Cache-Control": "private, no-store",
      ETag: `"${resume.sha256}"`,
    });
    await pipeline(resume.body, response);
  });
  return routes;
}

async function staffContext(effects: Effects, request: Request, response: Response): Promise<StaffContext> {
  const { accessToken, idleSeconds, requestId, source, onActor } = createRequestContext(
    effects,
    request,
    response,
  );
  const ctx: Context = { ...effects, actor: { type: "prospect" }, requestId, source: coarseSource(source) };
  const actor = accessToken === null ? null : await authenticate(ctx, { token: accessToken, idleSeconds });
  if (!actor) throw new AppError("UNAUTHORIZED", "Sign in to go on.");
  onActor(actor.user.id);
  assertSecondFactor(actor);
  return { ...ctx, actor };
}
