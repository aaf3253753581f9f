/** Posts a form with a file: from a browser with real upload progress, or from Node. */

/** Bytes of the whole request that have left, and how many there are. */
export interface UploadProgress {
  sentBytes: number;
  totalBytes: number;
}

export interface FileToSend {
  name: string;
  bytes: Blob | Uint8Array<ArrayBuffer>;
}

export interface PostFormInput {
  address: string;
  headers?: Record<string, string>;
  data: FormData;
  /** Called in browsers only; Node's fetch tells nothing about what has left. */
  onProgress?: ((progress: UploadProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Milliseconds without any sign of life after which the attempt counts as a lost connection; 45,000 when left out. */
  patienceMs?: number | undefined;
}

export interface FormAnswer {
  status: number;
  body: string;
  header(name: string): string | null;
}

/** No answer came: the connection was lost, or the caller's signal stopped it. */
export class NoAnswerError extends Error {
  readonly kind: "network" | "aborted";

  constructor(kind: "network" | "aborted") {
    super(kind === "aborted" ? "Sending was stopped." : "The connection was lost before the answer arrived.");
    this.name = "NoAnswerError";
    this.kind = kind;
  }
}

const defaultPatienceMs = 45_000;

/** Posts the form and resolves to whatever the server answered. Throws `NoAnswerError`. */
export async function postForm(input: PostFormInput): Promise<FormAnswer> {
  if (input.signal?.aborted) throw new NoAnswerError("aborted");
  return typeof XMLHttpRequest === "undefined" ? postWithFetch(input) : postWithProgress(input);
}

function postWithProgress(input: PostFormInput): Promise<FormAnswer> {
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
    request.addEventListener("error", () => reject(new NoAnswerError("network")));
    request.addEventListener("abort", () =>
      reject(new NoAnswerError(isOutOfPatience ? "network" : "aborted")),
    );
    request.addEventListener("loadend", () => {
      clearTimeout(timer);
      input.signal?.removeEventListener("abort", stop);
    });
    input.signal?.addEventListener("abort", stop);
    request.open("POST", input.address);
    for (const [name, value] of Object.entries(allHeaders(input))) request.setRequestHeader(name, value);
    showLife();
    request.send(input.data);
  });
}

async function postWithFetch(input: PostFormInput): Promise<FormAnswer> {
  const patience = AbortSignal.timeout(input.patienceMs ?? defaultPatienceMs);
  try {
    const response = await fetch(input.address, {
      method: "POST",
      headers: allHeaders(input),
      body: input.data,
      signal: input.signal ? AbortSignal.any([input.signal, patience]) : patience,
    });
    return {
      status: response.status,
      body: await response.text(),
      header: (name) => response.headers.get(name),
    };
  } catch {
    throw new NoAnswerError(input.signal?.aborted ? "aborted" : "network");
  }
}

function allHeaders(input: PostFormInput): Record<string, string> {
  return { Accept: "application/json", "X-Requested-With": "intake", ...input.headers };
}

/** The bytes as a part of a form. */
export function toBlob({ bytes }: FileToSend): Blob {
  return bytes instanceof Blob ? bytes : new Blob([bytes]);
}

/** The value of a JSON text, or undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
