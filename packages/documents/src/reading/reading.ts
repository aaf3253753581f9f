import type { Reading, ReadingFailure } from "@intake/core/ports/document-reader";

export function read<Content>(content: Content): Reading<Content> {
  return { ok: true, content };
}

export function failed(failure: ReadingFailure): { ok: false; failure: ReadingFailure } {
  return { ok: false, failure };
}

/** Why a document cannot be read; thrown inside the reading process only, its entry turns it into an answer. */
export class UnreadableError extends Error {
  readonly failure: ReadingFailure;

  constructor(failure: ReadingFailure) {
    super(`Unreadable: ${failure}`);
    this.name = "UnreadableError";
    this.failure = failure;
  }
}
