import { Worker } from "node:worker_threads";
import { AppError } from "@intake/core/errors";
import type { DocumentInspector, InspectionVerdict } from "@intake/core/ports/document-inspector";
import type { ResumeRefusal } from "@intake/core/resumes/schema";
import { formatOfName } from "./inspect";
import type { InspectionReply, InspectionRequest } from "./inspection-messages";
import { refused } from "./verdict";

export interface DocumentInspectorOptions {
  /** The worker's entry; by default `inspection-worker` beside this module, as the bundler lays it. */
  workerUrl?: URL;
  /** Threads, started when first needed and kept. */
  size: number;
  /** Seconds one file may take once a thread has it. */
  timeoutSeconds: number;
  /** JavaScript heap of one thread; unpacked bytes are held by the archive limits. */
  memoryMegabytes: number;
  /** Files that may wait for a thread before callers are told to come back. */
  maxWaiting: number;
}

/** A thread that takes longer to come up is given up; that is our fault, never the file's. */
const startSeconds = 30;

interface Job {
  request: InspectionRequest;
  resolve(verdict: InspectionVerdict): void;
  reject(error: unknown): void;
}

interface Seat {
  worker: Worker;
  isReady: boolean;
  job: Job | null;
  timer: NodeJS.Timeout | undefined;
  error: unknown;
}

/**
 * Inspects files on a few persistent threads. A file that takes too long is answered `inspection-timeout`, one that
 * ends its thread `broken-…`, and the thread is replaced. Throws `SERVICE_UNAVAILABLE` when too many files wait.
 */
export function createDocumentInspector(options: DocumentInspectorOptions): DocumentInspector {
  const waiting: Job[] = [];
  const seats = new Set<Seat>();
  let isClosed = false;

  function assignJobs(): void {
    while (waiting.length > 0) {
      const seat =
        [...seats].find((candidate) => !candidate.job) ?? (seats.size < options.size ? hire() : null);
      const job = seat && waiting.shift();
      if (!job) return;
      startJob(seat, job);
    }
  }

  function hire(): Seat {
    const seat: Seat = {
      worker: startWorker(options),
      isReady: false,
      job: null,
      timer: undefined,
      error: undefined,
    };
    seat.worker.on("message", (message: InspectionReply) => handleReply(seat, message));
    seat.worker.on("error", (error) => {
      seat.error = error;
    });
    seat.worker.on("exit", () => handleExit(seat));
    seats.add(seat);
    return seat;
  }

  function startJob(seat: Seat, job: Job): void {
    seat.job = job;
    // An idle pool does not keep the process alive, a running job does.
    seat.worker.ref();
    seat.worker.postMessage(job.request);
    startClock(seat);
  }

  /** Runs from when the thread is up, so that a slow start on a busy machine is not held against the file. */
  function startClock(seat: Seat): void {
    clearTimeout(seat.timer);
    const seconds = seat.isReady ? options.timeoutSeconds : startSeconds;
    seat.timer = setTimeout(() => handleTimeout(seat), seconds * 1000);
  }

  function endJob(seat: Seat): Job | null {
    const { job } = seat;
    clearTimeout(seat.timer);
    seat.job = null;
    seat.worker.unref();
    return job;
  }

  function handleReply(seat: Seat, message: InspectionReply): void {
    if (message.kind === "ready") {
      seat.isReady = true;
      if (seat.job) startClock(seat);
      return;
    }
    const job = endJob(seat);
    if (message.kind === "verdict") job?.resolve(message.verdict);
    else job?.reject(message.error);
    assignJobs();
  }

  function handleTimeout(seat: Seat): void {
    seats.delete(seat);
    const job = endJob(seat);
    if (seat.isReady) job?.resolve(refused("inspection-timeout"));
    else job?.reject(new Error("The inspection worker did not start in time"));
    void seat.worker.terminate();
    assignJobs();
  }

  function handleExit(seat: Seat): void {
    seats.delete(seat);
    const job = endJob(seat);
    // A thread that never came up is our fault, one that died over a file is the file's.
    if (seat.isReady) job?.resolve(refused(brokenRefusal(job.request.fileName)));
    else job?.reject(seat.error ?? new Error("The inspection worker ended before it was ready"));
    assignJobs();
  }

  return {
    inspect(request) {
      return new Promise((resolve, reject) => {
        if (isClosed || waiting.length >= options.maxWaiting) return reject(overloaded());
        const { fileName } = request;
        const file = "bytes" in request ? { bytes: request.bytes } : { path: request.path };
        waiting.push({ request: { ...file, fileName }, resolve, reject });
        assignJobs();
      });
    },
    async close() {
      isClosed = true;
      for (const job of waiting.splice(0)) job.reject(overloaded());
      await Promise.all(
        [...seats].map((seat) => {
          endJob(seat)?.reject(overloaded());
          return seat.worker.terminate();
        }),
      );
    },
  };
}

function startWorker({ workerUrl, memoryMegabytes }: DocumentInspectorOptions): Worker {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const url = workerUrl ?? new URL(`inspection-worker.${extension}`, import.meta.url);
  const isSource = url.pathname.endsWith(".ts");
  return new Worker(url, {
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
    // From source, in development and tests, a thread needs the loader that resolves imports without an ending.
    ...(isSource && { execArgv: ["--import", import.meta.resolve("tsx")] }),
  });
}

function overloaded(): AppError {
  return new AppError(
    "SERVICE_UNAVAILABLE",
    "Too many files are being checked right now. Try again in a moment.",
    {
      retryAfterSeconds: 5,
    },
  );
}

function brokenRefusal(fileName: string): ResumeRefusal {
  switch (formatOfName(fileName)) {
    case "DOC":
      return "broken-doc";
    case "DOCX":
      return "broken-docx";
    default:
      return "broken-pdf";
  }
}
