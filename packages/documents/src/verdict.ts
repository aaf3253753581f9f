import type { InspectionVerdict } from "@intake/core/ports/document-inspector";
import type { ResumeFormat, ResumeRefusal } from "@intake/core/resumes/schema";

export function accepted(format: ResumeFormat): InspectionVerdict {
  return { ok: true, format };
}

export function refused(refusal: ResumeRefusal): InspectionVerdict {
  return { ok: false, refusal };
}

/** A Buffer over the same memory, for its search and little-endian reads. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
