import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { findDownload } from "./download-resume";
import { writeLinkToken } from "./link-token";
import { decideDownload } from "./policy";
import type { CreateLink, ResumeLink } from "./schema";

/** How long a link is good, in seconds: the browser follows it at once. */
const linkSeconds = 60;

/**
 * A link to the original for this session alone. Throws what `findDownload` throws, and UNPROCESSABLE_CONTENT until the person has said
 * that they know nobody has checked the file.
 */
export async function createLink(ctx: PersonContext, input: CreateLink): Promise<ResumeLink> {
  const { confirmsUnchecked = false, ...place } = input;
  const file = await findDownload(ctx, place);
  const { state, sentence } = decideDownload(file);
  if (state === "confirm" && !confirmsUnchecked) {
    const errors = [{ path: "confirmsUnchecked", message: sentence }];
    throw new AppError("UNPROCESSABLE_CONTENT", sentence, { errors });
  }
  const expiresAt = new Date(ctx.now().getTime() + linkSeconds * 1000);
  const token = writeLinkToken(ctx, {
    ...{ leadId: file.leadId, resumeId: file.id, sessionId: ctx.actor.sessionId },
    ...{ expiresAt, confirmsUnchecked },
  });
  return { url: `/api/resumes/link/${token}`, expiresAt: expiresAt.toISOString() };
}
