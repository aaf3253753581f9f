import { assertSecondFactor } from "../auth/assert-second-factor";
import { authenticateRefreshToken } from "../auth/authenticate-refresh-token";
import type { Context, StaffContext } from "../context";
import { AppError } from "../errors";
import { findDownload } from "./download-resume";
import type { LeadFile } from "./find-file";
import { readLinkToken } from "./link-token";
import { decideDownload } from "./policy";

/** The link was good once. A code of its own is not among ours; the door says 410. */
export class LinkOverError extends AppError {
  constructor() {
    super(
      "NOT_FOUND",
      "This link was good for one minute and that is over. Go back to the lead and press Download.",
    );
  }
}

interface FollowLinkInput {
  token: string;
  /** From the cookie that came with the request: it proves the session, and is not spent by it. */
  refreshToken: string | null;
}

/**
 * The file behind a link and the person who follows it, whose rights and session count as they are now, not as they were when the link
 * was made. Throws NOT_FOUND for what is not a link of ours, LinkOverError, UNAUTHORIZED outside of the session it was made for, FORBIDDEN.
 */
export async function followLink(
  ctx: Context,
  { token, refreshToken }: FollowLinkInput,
): Promise<{ staff: StaffContext; file: LeadFile }> {
  const claims = readLinkToken(ctx, token);
  if (!claims)
    throw new AppError("NOT_FOUND", "This link does not work. Go back to the lead and press Download.");
  if (ctx.now() >= claims.expiresAt) throw new LinkOverError();
  const actor = refreshToken === null ? null : await authenticateRefreshToken(ctx, refreshToken);
  if (actor?.sessionId !== claims.sessionId)
    throw new AppError(
      "UNAUTHORIZED",
      "This link works only where it was made, by the person it was made for.",
    );
  assertSecondFactor(actor);
  const staff: StaffContext = { ...ctx, actor };
  const file = await findDownload(staff, { leadId: claims.leadId, resumeId: claims.resumeId });
  const { state, sentence } = decideDownload(file);
  if (state === "confirm" && !claims.confirmsUnchecked) throw new AppError("CONFLICT", sentence);
  return { staff, file };
}
