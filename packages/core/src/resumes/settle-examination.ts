import type { Transaction } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import type { DocumentText, Reading } from "../ports/document-reader";
import type { FileVerdict } from "./examination-verdict";
import { resumeWords } from "./resume-words";
import { isOpenState, type ScanState } from "./schema";

export interface Settled extends FileVerdict {
  /** Engine and signatures of the scanner; null when there is none. */
  scannedWith: string | null;
}

type SettleContext = Pick<Context, "actor" | "db" | "live" | "log" | "now" | "requestId" | "source">;

/**
 * Writes what an examination found: state, findings, text, and an event when the state is another one, in one transaction. A file that
 * was locked meanwhile stays locked.
 */
export async function settleExamination(
  ctx: SettleContext,
  resume: { id: string; leadId: string },
  settled: Settled,
): Promise<void> {
  const state = await ctx.db.prisma.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ scan_state: ScanState }[]>`
      SELECT scan_state FROM resumes WHERE id = ${resume.id}::uuid FOR UPDATE`;
    const from = rows[0]?.scan_state;
    if (!from || !isOpenState(from)) return null;
    const to = nextState(from, settled);
    await tx.resume.update({
      where: { id: resume.id },
      data: {
        scanState: to,
        scanReason: settled.reason,
        scanDueAt: null,
        ...(settled.scannedWith !== null && { scannedWith: settled.scannedWith }),
        ...(settled.active && { findings: settled.active.map(({ code, severity }) => ({ code, severity })) }),
      },
    });
    await settleText(ctx, tx, { resumeId: resume.id, state: to, text: settled.text });
    if (from === to) return to;
    const data = { resumeId: resume.id, from, verdict: to };
    await tx.$executeRaw(eventInsert(ctx, { type: "resume.scanned", leadId: resume.leadId, data }).sql);
    return to;
  });
  if (state === null) return;
  ctx.live.tell({ leadId: resume.leadId, kind: "resume" });
  const isLocked = !isOpenState(state);
  ctx.log[isLocked ? "warn" : "info"]({ resumeId: resume.id, verdict: state }, "resume examined");
}

/** An earlier scanner's word on a file outlives that scanner. */
function nextState(from: ScanState, { state, scannedWith }: Settled): ScanState {
  if (state !== "PASSED") return state;
  if (scannedWith !== null || from === "CLEAN") return "CLEAN";
  return "UNSCANNED";
}

/** Nobody finds malware by its words, also when it turns out to be some only now. */
async function settleText(
  ctx: SettleContext,
  tx: Transaction,
  { resumeId, state, text }: { resumeId: string; state: ScanState; text: Reading<DocumentText> | null },
): Promise<void> {
  if (!text) {
    if (!isOpenState(state)) await tx.resumeText.deleteMany({ where: { resumeId } });
    return;
  }
  const { outcome, body, pageCount, isCut } = textRow(text);
  await tx.$executeRaw`
    INSERT INTO resume_texts (resume_id, outcome, body, page_count, is_cut, words, read_at)
    VALUES (${resumeId}::uuid, ${outcome}::reading_outcome, ${body}, ${pageCount}, ${isCut}, ${resumeWords(body)}, ${ctx.now()})
    ON CONFLICT (resume_id) DO UPDATE SET outcome = excluded.outcome, body = excluded.body, page_count = excluded.page_count,
      is_cut = excluded.is_cut, words = excluded.words, read_at = excluded.read_at`;
}

function textRow(text: Reading<DocumentText>) {
  if (text.ok) {
    const { hasText, text: body, pageCount, isCut } = text.content;
    return { outcome: hasText ? "READ" : "NO_TEXT", body, pageCount, isCut };
  }
  const outcome = text.failure === "empty" ? "NO_TEXT" : "UNREADABLE";
  return { outcome, body: "", pageCount: null, isCut: false };
}
