import type { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { getLead } from "../leads/get-lead";
import type { ResumeVersion } from "./schema";

const versionSelect = {
  id: true,
  storageKey: true,
  fileName: true,
  format: true,
  sizeBytes: true,
  sha256: true,
  scanState: true,
  scanReason: true,
  createdAt: true,
  addedBy: { select: { name: true } },
  lead: { select: { resumePath: true } },
} as const satisfies Prisma.ResumeSelect;

/** Every file of a lead, newest first: all are kept. Throws NOT_FOUND. */
export async function listVersions(
  ctx: Pick<Context, "db">,
  input: { leadId: string },
): Promise<ResumeVersion[]> {
  const rows = await ctx.db.prisma.resume.findMany({
    where: { leadId: input.leadId },
    select: versionSelect,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  // A lead has at least one file: none means that there is no lead, and says so.
  if (rows.length === 0) await getLead(ctx, input.leadId);
  return rows.map((row, index) => {
    const { storageKey, lead, addedBy, createdAt, ...version } = row;
    const earlier = rows.slice(index + 1).find(({ sha256 }) => sha256 === row.sha256);
    return {
      ...version,
      createdAt: createdAt.toISOString(),
      addedBy: addedBy?.name ?? null,
      isNewest: storageKey === lead.resumePath,
      sameAs: earlier ? { createdAt: earlier.createdAt.toISOString() } : null,
    };
  });
}
