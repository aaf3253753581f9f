import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import { ObjectNotFoundError } from "../ports/storage";
import type { ScanState } from "./schema";

type ScanContext = Pick<
  Context,
  "actor" | "db" | "log" | "now" | "requestId" | "scanner" | "source" | "storage"
>;

/** Files in these states are looked at. What was locked stays locked: a scanner without its signatures finds nothing in it. */
const openStates: ScanState[] = ["PENDING", "CLEAN", "UNSCANNED"];

interface Settled {
  state: "CLEAN" | "INFECTED" | "UNSCANNABLE";
  reason: string | null;
}

/**
 * Shows one stored file to the scanner and settles its state, with an event in the same transaction (security rule 7). Without an exact
 * verdict the file keeps its state and the sweep brings it again. Throws when the storage is away.
 */
export async function scanResume(ctx: ScanContext, input: { resumeId: string }): Promise<void> {
  const resume = await ctx.db.prisma.resume.findUnique({
    where: { id: input.resumeId },
    select: { id: true, leadId: true, storageKey: true, sha256: true, scanState: true },
  });
  if (!resume || !openStates.includes(resume.scanState)) return;
  // Asked before the scan: signatures that change in between only mean another look.
  const version = await ctx.scanner.version();
  const settled = version === null ? "the scanner does not answer" : await judge(ctx, resume);
  if (version === null || typeof settled === "string") {
    ctx.log.warn({ resumeId: resume.id, reason: settled }, "resume not scanned");
    return;
  }
  await settle(ctx, { resume, settled, version });
}

interface StoredResume {
  id: string;
  leadId: string;
  storageKey: string;
  sha256: string;
}

/** The verdict, or why there is none. */
async function judge(ctx: ScanContext, resume: StoredResume): Promise<Settled | string> {
  const body = await ctx.storage.get(resume.storageKey).catch((error: unknown) => {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  });
  if (!body) return "the object is missing in storage";
  const hash = createHash("sha256");
  const verdict = await ctx.scanner.scan(Readable.from(hashed(body, hash), { objectMode: false }));
  switch (verdict.verdict) {
    case "clean":
      // Clean is what was read; it must be the file that was received, all of it.
      return hash.digest("hex") === resume.sha256
        ? { state: "CLEAN", reason: null }
        : "the stored file is not the one that was received";
    case "infected":
      return { state: "INFECTED", reason: verdict.reason };
    case "unscannable":
      return { state: "UNSCANNABLE", reason: verdict.reason };
    case "unavailable":
      return verdict.reason;
  }
}

async function* hashed(body: Readable, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
}

async function settle(
  ctx: ScanContext,
  { resume, settled, version }: { resume: StoredResume; settled: Settled; version: string },
): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const before = await tx.$queryRaw<{ scan_state: ScanState }[]>`
      SELECT scan_state FROM resumes WHERE id = ${resume.id}::uuid FOR UPDATE`;
    const state = before[0]?.scan_state;
    if (!state || !openStates.includes(state)) return;
    await tx.resume.update({
      where: { id: resume.id },
      data: { scanState: settled.state, scanReason: settled.reason, scannedWith: version, scanDueAt: null },
    });
    if (state === settled.state) return;
    const data = { resumeId: resume.id, from: state, verdict: settled.state };
    await tx.$executeRaw(eventInsert(ctx, { type: "resume.scanned", leadId: resume.leadId, data }).sql);
  });
  const isBad = settled.state !== "CLEAN";
  ctx.log[isBad ? "warn" : "info"]({ resumeId: resume.id, verdict: settled.state }, "resume scanned");
}
