import type { InspectionVerdict } from "@intake/core/ports/document-inspector";

/** What a worker is asked. It reads a local file itself, and bytes in shared memory where they are, so that none travel between threads. */
export type InspectionRequest = ({ path: string } | { bytes: Uint8Array }) & { fileName: string };

/** `ready` comes once after start; a `failure` is ours (the file could not be read), not the sender's. */
export type InspectionReply =
  | { kind: "ready" }
  | { kind: "verdict"; verdict: InspectionVerdict }
  | { kind: "failure"; error: unknown };
