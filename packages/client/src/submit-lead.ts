/** Sends one lead with its resume (`POST /api/leads`): from a browser with real upload progress, or from Node. */
import type { FieldError } from "@intake/core/errors";
import type { LeadFields, LeadReceipt } from "@intake/core/leads/schema";
import {
  type FileToSend,
  type FormAnswer,
  NoAnswerError,
  parseJson,
  postForm,
  toBlob,
  type UploadProgress,
} from "./post-form";

export interface SubmitLeadInput {
  /** Where the product lives, without a slash at the end; the page's own origin when left out. */
  baseUrl?: string;
  fields: LeadFields;
  resume: FileToSend;
  /** IANA name of the zone the person is in, so that nobody calls them at night. */
  timeZone?: string;
  /** 1 to 255 visible ASCII characters. Sending again with the same key and the same content never makes a second lead. */
  idempotencyKey: string;
  /** Called in browsers only; Node's fetch tells nothing about what has left. */
  onProgress?: (progress: UploadProgress) => void;
  signal?: AbortSignal;
  /** Milliseconds without any sign of life after which the attempt counts as a lost connection; 45,000 when left out. */
  patienceMs?: number;
}

/** `problem`: the server answered and refused. `network`: no answer, or not the server's. `aborted`: the caller's signal. */
export type SubmitLeadFailure = "problem" | "network" | "aborted";

interface ProblemDetails {
  status?: number | undefined;
  code?: string | undefined;
  errors?: FieldError[] | undefined;
  retryAfterSeconds?: number | undefined;
  requestId?: string | undefined;
}

/** Why a lead was not taken. For `problem` the message is the server's own, worded for the person who sent it. */
export class SubmitLeadError extends Error {
  readonly kind: SubmitLeadFailure;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | undefined;
  readonly requestId: string | undefined;

  constructor(kind: SubmitLeadFailure, message: string, details: ProblemDetails = {}) {
    super(message);
    this.name = "SubmitLeadError";
    this.kind = kind;
    this.status = details.status;
    this.code = details.code;
    this.errors = details.errors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.requestId = details.requestId;
  }
}

/**
 * Submits a lead and returns what the server stored.
 * @throws SubmitLeadError for every failure, also when the caller's signal stops it.
 */
export async function submitLead(input: SubmitLeadInput): Promise<LeadReceipt> {
  const answer = await post(input);
  const body = parseJson(answer.body);
  if (answer.status >= 200 && answer.status < 300) {
    if (isLeadReceipt(body)) return body;
    // A hotel's sign-in page also answers 200: without a receipt nothing counts as sent.
    throw new SubmitLeadError("network", "The answer did not come from the office.", {
      status: answer.status,
    });
  }
  throw toProblem(answer, body);
}

async function post(input: SubmitLeadInput): Promise<FormAnswer> {
  const { onProgress, signal, patienceMs } = input;
  try {
    return await postForm({
      address: `${input.baseUrl ?? ""}/api/leads`,
      headers: { "Idempotency-Key": input.idempotencyKey },
      data: toFormData(input),
      ...{ onProgress, signal, patienceMs },
    });
  } catch (error) {
    if (error instanceof NoAnswerError) throw new SubmitLeadError(error.kind, error.message);
    throw error;
  }
}

function toFormData({ fields, resume, timeZone }: SubmitLeadInput): FormData {
  const data = new FormData();
  data.set("firstName", fields.firstName);
  data.set("lastName", fields.lastName);
  data.set("email", fields.email);
  if (timeZone) data.set("timeZone", timeZone);
  // Last, so that the server knows the fields before the long part begins.
  data.set("resume", toBlob(resume), resume.name);
  return data;
}

function toProblem(answer: FormAnswer, body: unknown): SubmitLeadError {
  const problem = isRecord(body) ? body : {};
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  return new SubmitLeadError(
    "problem",
    text(problem.detail) ?? text(problem.title) ?? `The server answered with status ${answer.status}.`,
    {
      status: answer.status,
      code: text(problem.code),
      errors: Array.isArray(problem.errors) ? problem.errors.filter(isFieldError) : [],
      retryAfterSeconds: readRetryAfter(answer.header("Retry-After")),
      requestId: text(problem.requestId) ?? text(answer.header("X-Request-Id")),
    },
  );
}

/** Seconds from now; the header holds seconds or a date (RFC 9110, 10.2.3). */
function readRetryAfter(value: string | null): number | undefined {
  if (value === null || value.trim() === "") return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && typeof value.path === "string" && typeof value.message === "string";
}

/** Checks what callers act on; the rest of the shape is the server's promise. The form cannot afford a schema library here. */
function isLeadReceipt(value: unknown): value is LeadReceipt {
  return (
    isRecord(value) &&
    [value.id, value.reference, value.receivedAt, value.receiptUrl].every((part) => typeof part === "string")
  );
}
