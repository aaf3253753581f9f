/** Sends one lead with its resume (`POST /api/leads`): from a browser with real upload progress, or from Node. */
import type { FieldError } from "@intake/core/errors";
import type { LeadFields, LeadReceipt } from "@intake/core/leads/schema";

/** Bytes of the whole request that have left, and how many there are. */
export interface UploadProgress {
  sentBytes: number;
  totalBytes: number;
}

export interface SubmitLeadInput {
  /** Where the product lives, without a slash at the end; the page's own origin when left out. */
  baseUrl?: string;
  fields: LeadFields;
  resume: { name: string; bytes: Blob | Uint8Array<ArrayBuffer> };
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

const lostConnection = "The connection was lost before the answer arrived.";
const defaultPatienceMs = 45_000;

/**
 * Submits a lead and returns what the server stored.
 * @throws SubmitLeadError for every failure, also when the caller's signal stops it.
 */
export async function submitLead(input: SubmitLeadInput): Promise<LeadReceipt> {
  if (input.signal?.aborted) throw aborted();
  const answer = await (typeof XMLHttpRequest === "undefined"
    ? postWithFetch(input)
    : postWithProgress(input));
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

interface Answer {
  status: number;
  body: string;
  header(name: string): string | null;
}

function postWithProgress(input: SubmitLeadInput): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    let isOutOfPatience = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const showLife = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        isOutOfPatience = true;
        request.abort();
      }, input.patienceMs ?? defaultPatienceMs);
    };
    request.upload.addEventListener("progress", (event) => {
      showLife();
      input.onProgress?.({ sentBytes: event.loaded, totalBytes: event.total });
    });
    request.addEventListener("load", () =>
      resolve({
        status: request.status,
        body: request.responseText,
        header: (name) => request.getResponseHeader(name),
      }),
    );
    request.addEventListener("error", () => reject(new SubmitLeadError("network", lostConnection)));
    request.addEventListener("abort", () =>
      reject(isOutOfPatience ? new SubmitLeadError("network", lostConnection) : aborted()),
    );
    request.addEventListener("loadend", () => {
      clearTimeout(timer);
      input.signal?.removeEventListener("abort", stop);
    });
    input.signal?.addEventListener("abort", stop);
    request.open("POST", address(input));
    for (const [name, value] of Object.entries(headers(input))) request.setRequestHeader(name, value);
    showLife();
    request.send(toFormData(input));
  });
}

async function postWithFetch(input: SubmitLeadInput): Promise<Answer> {
  const patience = AbortSignal.timeout(input.patienceMs ?? defaultPatienceMs);
  try {
    const response = await fetch(address(input), {
      method: "POST",
      headers: headers(input),
      body: toFormData(input),
      signal: input.signal ? AbortSignal.any([input.signal, patience]) : patience,
    });
    return {
      status: response.status,
      body: await response.text(),
      header: (name) => response.headers.get(name),
    };
  } catch {
    throw input.signal?.aborted ? aborted() : new SubmitLeadError("network", lostConnection);
  }
}

function address(input: SubmitLeadInput): string {
  return `${input.baseUrl ?? ""}/api/leads`;
}

function headers(input: SubmitLeadInput): Record<string, string> {
  return {
    Accept: "application/json",
    "Idempotency-Key": input.idempotencyKey,
    "X-Requested-With": "intake",
  };
}

function toFormData({ fields, resume }: SubmitLeadInput): FormData {
  const data = new FormData();
  data.set("firstName", fields.firstName);
  data.set("lastName", fields.lastName);
  data.set("email", fields.email);
  // Last, so that the server knows the fields before the long part begins.
  data.set("resume", resume.bytes instanceof Blob ? resume.bytes : new Blob([resume.bytes]), resume.name);
  return data;
}

function toProblem(answer: Answer, body: unknown): SubmitLeadError {
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

function aborted(): SubmitLeadError {
  return new SubmitLeadError("aborted", "Sending was stopped.");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
