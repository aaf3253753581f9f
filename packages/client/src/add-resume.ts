import { type AddedResume, addedResumeSchema } from "@intake/core/resume-files/schema";
import { CallFailed, readProblemBody } from "./failure";
import {
  type FileToSend,
  type FormAnswer,
  NoAnswerError,
  parseJson,
  postForm,
  toBlob,
  type UploadProgress,
} from "./post-form";
import type { Session } from "./session";

export interface AddResumeInput {
  /** Where the product lives, without a slash at the end; the page's own origin when left out. */
  baseUrl?: string;
  leadId: string;
  resume: FileToSend;
  /** Called in browsers only. */
  onProgress?: (progress: UploadProgress) => void;
  signal?: AbortSignal;
}

/**
 * Gives a lead a newer file. Sending the newest file again stores nothing and says so (`isNew`). Throws `CallFailed` with the server's
 * reason, with the code `UNREACHABLE` when there was no answer and `ABORTED` when the caller's signal stopped it.
 */
export async function addResume(
  session: Pick<Session, "accessToken" | "reject">,
  input: AddResumeInput,
): Promise<AddedResume> {
  let token = await session.accessToken();
  let answer = await post(input, token);
  if (answer.status === 401 && session.reject(token)) {
    token = await session.accessToken();
    answer = await post(input, token);
  }
  const body = parseJson(answer.body);
  const added = addedResumeSchema.safeParse(body);
  if (answer.status < 300 && added.success) return added.data;
  throw readProblemBody(body, answer.header("Retry-After"));
}

async function post(input: AddResumeInput, token: string | null): Promise<FormAnswer> {
  const { leadId, resume, onProgress, signal, baseUrl = "" } = input;
  const data = new FormData();
  data.set("resume", toBlob(resume), resume.name);
  try {
    return await postForm({
      address: `${baseUrl}/api/leads/${encodeURIComponent(leadId)}/resumes`,
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      ...{ data, onProgress, signal },
    });
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    const isStopped = error.kind === "aborted";
    throw new CallFailed({
      code: isStopped ? "ABORTED" : "UNREACHABLE",
      message: isStopped ? error.message : `${error.message} Send the file again: it is never added twice.`,
      fieldErrors: [],
    });
  }
}
