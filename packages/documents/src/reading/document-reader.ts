import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { AppError } from "@intake/core/errors";
import type {
  ActiveContent,
  DocumentReader,
  Reading,
  ReadingFailure,
} from "@intake/core/ports/document-reader";
import type { ReaderAnswers, ReaderQuestion, ReaderReply, ReaderRequest } from "./reader-messages";
import { hasGrown, type ReaderProcessOptions, startReaderProcess, watchMemory } from "./reader-process";
import { failed, read } from "./reading";

export interface DocumentReaderOptions extends ReaderProcessOptions {
  /** Processes, started when first needed. */
  size: number;
  /** Seconds one question may take once a process has it. */
  timeoutSeconds: number;
  /** Seconds after which a process with nothing to do ends. */
  idleSeconds: number;
  /** Questions that may wait for a process before callers are told to come back. */
  maxWaiting: number;
}

/** A process that takes longer to come up is given up; that is our fault, never the file's. */
const startSeconds = 30;

interface Job {
  request: ReaderRequest;
  resolve(reading: Reading<ReaderAnswers[ReaderQuestion]>): void;
  reject(error: unknown): void;
}

interface Seat {
  child: ChildProcess;
  isReady: boolean;
  job: Job | null;
  /** What the file at hand holds, known before its text. */
  checked: ActiveContent[] | null;
  timer: NodeJS.Timeout | undefined;
  stopWatch: () => void;
  error: unknown;
}

/**
 * Reads files in a few processes of their own. One that takes too long is answered `timeout`, one that wants too much
 * memory `too-large`, one that ends its process `broken`; the process is replaced and nobody else notices.
 */
export function createDocumentReader(options: DocumentReaderOptions): DocumentReader {
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
      child: startReaderProcess(options),
      isReady: false,
      job: null,
      checked: null,
      timer: undefined,
      stopWatch: () => {},
      error: undefined,
    };
    seat.child.on("message", (message: ReaderReply) => handleReply(seat, message));
    seat.child.on("error", (error) => {
      seat.error = error;
    });
    // Also after an `error` of the start itself, and after the last message was read.
    seat.child.on("close", (_, signal) => handleEnd(seat, signal === "SIGABRT" ? "too-large" : "broken"));
    seats.add(seat);
    return seat;
  }

  function startJob(seat: Seat, job: Job): void {
    seat.job = job;
    seat.checked = null;
    // A resting process does not keep ours alive, a working one does.
    seat.child.ref();
    seat.child.channel?.ref();
    // A send to a process that just died fails; its end answers the job.
    seat.child.send(job.request, () => {});
    seat.stopWatch = watchMemory(seat.child, options, () => dismiss(seat, "too-large"));
    startClock(seat);
  }

  /** Runs from when the process is up, so that a slow start on a busy machine is not held against the file. */
  function startClock(seat: Seat): void {
    clearTimeout(seat.timer);
    const seconds = seat.isReady ? options.timeoutSeconds : startSeconds;
    seat.timer = setTimeout(() => dismiss(seat, "timeout"), seconds * 1000);
  }

  function endJob(seat: Seat): Job | null {
    const { job } = seat;
    clearTimeout(seat.timer);
    seat.stopWatch();
    seat.job = null;
    seat.child.unref();
    seat.child.channel?.unref();
    return job;
  }

  function handleReply(seat: Seat, message: ReaderReply): void {
    if (message.kind === "ready") {
      seat.isReady = true;
      if (seat.job) startClock(seat);
      return;
    }
    if (message.kind === "checked") {
      seat.checked = message.active;
      return;
    }
    endJob(seat)?.resolve(message.reading);
    if (hasGrown(seat.child, options)) dismiss(seat, "broken");
    else seat.timer = setTimeout(() => dismiss(seat, "broken"), options.idleSeconds * 1000).unref();
    assignJobs();
  }

  function dismiss(seat: Seat, failure: ReadingFailure): void {
    seat.child.kill("SIGKILL");
    handleEnd(seat, failure);
  }

  /** A process that never came up is our fault, one that ended over a file is the file's. */
  function handleEnd(seat: Seat, failure: ReadingFailure): void {
    if (!seats.delete(seat)) return;
    const job = endJob(seat);
    if (seat.checked) job?.resolve(read({ active: seat.checked, text: failed(failure) }));
    else if (seat.isReady) job?.resolve(failed(failure));
    else job?.reject(seat.error ?? new Error("The reading process ended before it was ready"));
    assignJobs();
  }

  function ask<Question extends ReaderQuestion>(
    request: ReaderRequest & { question: Question },
  ): Promise<Reading<ReaderAnswers[Question]>> {
    const answered = new Promise<Reading<ReaderAnswers[ReaderQuestion]>>((resolve, reject) => {
      if (isClosed || waiting.length >= options.maxWaiting) return reject(overloaded());
      waiting.push({ request, resolve, reject });
      assignJobs();
    });
    // The worker answers each question with its own shape (`ReaderAnswers`); messages carry no types.
    return answered as Promise<Reading<ReaderAnswers[Question]>>;
  }

  return {
    examine: ({ bytes, format }) => ask({ question: "examination", bytes, format }),
    openView: ({ bytes, format }) => ask({ question: "view", bytes, format }),
    renderPage: ({ bytes, format, page, width }) => ask({ question: "page", bytes, format, page, width }),
    async close() {
      isClosed = true;
      for (const job of waiting.splice(0)) job.reject(overloaded());
      await Promise.all(
        [...seats].map(async (seat) => {
          seats.delete(seat);
          endJob(seat)?.reject(overloaded());
          const ended = once(seat.child, "close");
          seat.child.ref();
          if (seat.child.kill("SIGKILL")) await ended;
        }),
      );
    },
  };
}

function overloaded(): AppError {
  return new AppError(
    "SERVICE_UNAVAILABLE",
    "Too many documents are being read right now. Try again in a moment.",
    { retryAfterSeconds: 5 },
  );
}
