import type { ResumeLimits } from "@intake/core/resumes/schema";
import { useRef, useState } from "react";
import { reportFailure } from "./report-failure";
import { type AttachedResume, readResume } from "./resume-file";

interface ResumeHandlers {
  limits: ResumeLimits;
  onAttached(resume: AttachedResume): void;
  onRefused(message: string): void;
}

/** The one attached file. A refused replacement leaves the earlier file attached and says so. */
export function useResume({ limits, onAttached, onRefused }: ResumeHandlers) {
  const [resume, setResume] = useState<AttachedResume | null>(null);
  const [readingName, setReadingName] = useState<string | null>(null);
  const latest = useRef<File | null>(null);

  function refuse(message: string) {
    onRefused(resume ? `${message} “${resume.name}” stays attached.` : message);
  }

  async function choose(file: File) {
    latest.current = file;
    setReadingName(file.name);
    const result = await readResume(file, limits);
    // A later choice or a removal has overtaken this one.
    if (latest.current !== file) return;
    setReadingName(null);
    if ("message" in result) {
      reportFailure(result.failure.reason, result.failure.sizeBytes);
      return refuse(result.message);
    }
    setResume(result.resume);
    onAttached(result.resume);
  }

  function remove() {
    latest.current = null;
    setReadingName(null);
    setResume(null);
  }

  return { resume, readingName, choose, refuse, remove };
}
