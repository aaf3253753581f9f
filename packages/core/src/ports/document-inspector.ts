import type { ResumeFormat, ResumeRefusal } from "../resumes/schema";
import type { LocalFile } from "./local-file";

/** The verdict on a file's structure: what it truly is, or why it is refused. */
export type InspectionVerdict = { ok: true; format: ResumeFormat } | { ok: false; refusal: ResumeRefusal };

/** Decides by structure what a file is (security rule 3), away from the web thread, within a time and memory limit. */
export interface DocumentInspector {
  /** `fileName` is what the sender called it, only compared with the content. Bytes in shared memory are not copied. */
  inspect(input: LocalFile & { fileName: string }): Promise<InspectionVerdict>;
  close(): Promise<void>;
}
