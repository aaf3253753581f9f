import type { StaffContext } from "../context";
import type { DocumentView, ReadingFailure } from "../ports/document-reader";
import { findFile, type LeadFile } from "./find-file";
import { decideDownload, decideViewing, explainUnviewable } from "./policy";
import { readFile } from "./read-file";
import { recordResumeView } from "./record-resume-view";
import type { ResumePlace, ResumeView } from "./schema";

/**
 * Opens a lead's file in Safe View: nothing of the file itself leaves, only pictures of its pages or inert HTML, made in a process of
 * its own. What is seen is an event. Throws NOT_FOUND, or SERVICE_UNAVAILABLE when too many files are being read.
 */
export async function openView(ctx: StaffContext, input: ResumePlace): Promise<ResumeView> {
  const file = await findFile(ctx, input);
  const original = decideDownload(file);
  const answer = { resumeId: file.id, hasText: hasText(file), original };
  const viewing = decideViewing(file);
  if (!viewing.allowed) {
    const { reason, sentence } = viewing;
    return { ...answer, view: { kind: "none", reason, sentence } };
  }
  const view = await readView(ctx, file);
  if (typeof view === "string")
    return { ...answer, view: { kind: "none", reason: view, sentence: explainUnviewable(view, original) } };
  await recordResumeView(ctx, file);
  return { ...answer, view };
}

async function readView(
  ctx: StaffContext,
  file: LeadFile,
): Promise<DocumentView | ReadingFailure | "missing"> {
  const bytes = await readFile(ctx, file);
  if (!bytes) return "missing";
  const reading = await ctx.reader.openView({ bytes, format: file.format });
  return reading.ok ? reading.content : reading.failure;
}

function hasText({ text }: LeadFile): boolean | null {
  if (!text || text.outcome === "UNREADABLE") return null;
  return text.outcome === "READ";
}
