import type { Effects } from "@intake/core/context";
import { followLink, LinkOverError } from "@intake/core/resume-files/follow-link";
import { toAppError } from "@intake/core/translate-error";
import { type Response, Router } from "express";
import { sendNotice } from "../pages/notice-page";
import { logProblem, statusOf } from "./problem";
import { readRefreshCookie } from "./refresh-cookie";
import { stateOf } from "./request-state";
import { sendResume } from "./send-resume";
import { strangerContext } from "./staff-context";

/**
 * `GET /api/resumes/link/{token}`: the original, for the browser that asked for the link a moment ago. The browser goes there by itself, so
 * the cookie proves its session; a link that was copied elsewhere opens nothing, and a person reads why (detail 4.56).
 */
export function resumeLinkRoute(effects: Effects): Router {
  const routes = Router();
  routes.get("/api/resumes/link/:token", async (request, response) => {
    stateOf(response).route = "/api/resumes/link/{token}";
    try {
      const refreshToken = readRefreshCookie(request, effects.settings.publicUrl);
      const ctx = strangerContext(effects, { request, response });
      const { staff, file } = await followLink(ctx, { token: request.params.token, refreshToken });
      stateOf(response).userId = staff.actor.user.id;
      await sendResume(staff, file, { request, response });
    } catch (thrown) {
      if (response.headersSent) throw thrown;
      answerInWords(effects, response, thrown);
    }
  });
  return routes;
}

function answerInWords({ log, settings }: Effects, response: Response, thrown: unknown): void {
  const error = toAppError(thrown);
  logProblem(log, response, error);
  if (error.retryAfterSeconds !== undefined) response.setHeader("Retry-After", error.retryAfterSeconds);
  response.status(error instanceof LinkOverError ? 410 : statusOf(error));
  sendNotice(response, {
    title: "The resume was not downloaded",
    sentence: error.message,
    wayOn: { label: "Open the leads", address: `${settings.publicUrl}/app/leads` },
  });
}
