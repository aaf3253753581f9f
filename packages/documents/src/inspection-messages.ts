import type { InspectionVerdict } from "@intake/core/ports/document-inspector";

/** What a worker is asked: `path` is a local file it reads itself, so no bytes travel between threads. */
export interface InspectionRequest {
  path: string;
  fileName: string;
}

/** `ready` comes once after start; a `failure` is ours (the file could not be read), not the sender's. */
export type InspectionReply =
  | { kind: "ready" }
  | { kind: "verdict"; verdict: InspectionVerdict }
  | { kind: "failure"; error: unknown };
