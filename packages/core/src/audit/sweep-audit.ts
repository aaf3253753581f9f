import type { Effects } from "../context";
import { readAnchor, sealMissedEvents } from "./seal-events";
import { verifyChain } from "./verify-chain";

type AuditContext = Pick<Effects, "db" | "keyring" | "now" | "log">;

/** Seals what the usual sealing cannot see, and writes the newest seal to the log, which nobody can change from inside the database. */
export async function sweepAudit(ctx: AuditContext): Promise<void> {
  const missed = await sealMissedEvents(ctx);
  if (missed > 0) ctx.log.warn({ event: "audit_sealed_late", missed }, "audit events were sealed late");
  const anchor = await readAnchor(ctx);
  if (anchor) ctx.log.info({ event: "audit_anchor", ...anchor }, "newest seal of the audit");
}

/** Proves the whole chain; a broken one is the gravest line the log knows. */
export async function checkAudit(ctx: AuditContext): Promise<void> {
  const { checked, problem } = await verifyChain(ctx);
  if (problem) ctx.log.error({ event: "audit_chain_broken", ...problem }, "the audit's chain is broken");
  else ctx.log.info({ event: "audit_chain_verified", checked }, "the audit's chain is whole");
}
