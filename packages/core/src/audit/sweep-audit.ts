import type { Effects } from "../context";
import { readAnchor, sealMissedEvents } from "./seal-events";

type AuditContext = Pick<Effects, "db" | "keyring" | "now" | "log">;

/** Seals what the usual sealing cannot see, and writes the newest seal to the log, which nobody can change from inside the database. */
export async function sweepAudit(ctx: AuditContext): Promise<void> {
  const missed = await sealMissedEvents(ctx);
  if (missed > 0) ctx.log.warn({ event: "audit_sealed_late", missed }, "audit events were sealed late");
  const anchor = await readAnchor(ctx);
  if (anchor) ctx.log.info({ event: "audit_anchor", ...anchor }, "newest seal of the audit");
}
