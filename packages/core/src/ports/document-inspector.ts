import type { ResumeFormat, ResumeRefusal } from "../resumes/schema";

/** The verdict on a file's structure: what it truly is, or why it is refused. */
export type InspectionVerdict = { ok: true; format: ResumeFormat } | { ok: false; refusal: ResumeRefusal };

/** Decides by structure what a file is (security rule 3), away from the web thread, within a time and memory limit. */
export interface DocumentInspector {
  /** `path` is a local spool file; `fileName` is what the sender called it, only compared with the content. */
  inspect(input: { path: string; fileName: string }): Promise<InspectionVerdict>;
  close(): Promise<void>;
}
