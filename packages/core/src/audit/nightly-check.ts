import type { Context, Effects } from "../context";
import { recordEvent } from "./record-event";
import { type NightlyCheck, nightlyCheckSchema } from "./schema";
import { verifyChain } from "./verify-chain";

/** Proves the whole chain and keeps the result as an event; a broken one is also the gravest line the log knows. */
export async function checkAudit(ctx: Context): Promise<void> {
  const { checked, problem } = await verifyChain(ctx);
  await recordEvent(
    ctx,
    problem
      ? { type: "audit.chain_broken", data: { checked, kind: problem.kind, position: problem.position } }
      : { type: "audit.chain_verified", data: { checked } },
  );
  if (problem) ctx.log.error({ event: "audit_chain_broken", ...problem }, "the audit's chain is broken");
  else ctx.log.info({ event: "audit_chain_verified", checked }, "the audit's chain is whole");
}

/** What the last of these checks found, or null before the first one. */
export async function findNightlyCheck(ctx: Pick<Effects, "db">): Promise<NightlyCheck> {
  const event = await ctx.db.prisma.auditEvent.findFirst({
    where: { type: { in: ["audit.chain_verified", "audit.chain_broken"] } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { type: true, createdAt: true, data: true },
  });
  if (!event) return null;
  return nightlyCheckSchema.parse({
    ...Object(event.data),
    at: event.createdAt.toISOString(),
    isWhole: event.type === "audit.chain_verified",
  });
}
