import type { ResumePage, ResumeVersion, ResumeView } from "@intake/core/resume-files/schema";
import { sampleId, sampleLead } from "./sample-data";

/** The file of the sample lead of this number, as its list of versions shows it. */
export function sampleVersion(number: number, changes: Partial<ResumeVersion> = {}): ResumeVersion {
  return {
    ...sampleLead(number).resume,
    ...{ scanReason: null, createdAt: "2026-11-20T09:14:00.000Z", addedBy: null },
    ...{ isNewest: true, sameAs: null },
    ...changes,
  };
}

/** A PDF of three pages that may be downloaded. */
export function sampleView(changes: Partial<ResumeView> = {}): ResumeView {
  const page = { width: 595, height: 842 };
  return {
    resumeId: sampleId(901),
    view: { kind: "pages", pageCount: 3, pages: [page, page, page] },
    hasText: true,
    original: { state: "ready", sentence: "The original can be downloaded." },
    ...changes,
  };
}

/** A page with one line of text. */
export function samplePicture(line: string): ResumePage {
  return {
    ...{ mediaType: "image/webp", base64: "UklGRg==", width: 800, height: 1132 },
    text: [
      {
        ...{ text: line, left: 0.1, top: 0.1, width: 0.5, height: 0.02, rotation: 0 },
        ...{ direction: "ltr", font: "serif" },
      },
    ],
  };
}
