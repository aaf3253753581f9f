import type { OfficeReport } from "@intake/core/reports/schema";
import type { LeadsAddress } from "../leads/leads-address";

/** Leads that arrived in a stretch of time, newest first. */
export function arrivedIn({ from, to }: { from: string; to: string }): LeadsAddress {
  return { createdFrom: from, createdTo: to };
}

/** Leads whose first contact was in a stretch of time. */
export function reachedIn({ from, to }: { from: string; to: string }): LeadsAddress {
  return { reachedFrom: from, reachedTo: to };
}

/** Pending leads past their target, the one that waits longest first. */
export const pastTarget: LeadsAddress = { late: "true", sort: "respondBy", order: "asc" };

/** Pending leads, the oldest first. */
const oldestPending: LeadsAddress = { status: "PENDING", sort: "createdAt", order: "asc" };

/** The names of the six numbers and where each leads to. */
export function numberLinks({ period }: Pick<OfficeReport, "period">) {
  return {
    received: arrivedIn(period),
    inTime: { ...arrivedIn(period), answered: "IN_TIME" },
    notInTime: { ...arrivedIn(period), answered: "LATE" },
    firstContact: reachedIn(period),
    oldestPending,
    undelivered: { ...arrivedIn(period), mail: "UNDELIVERED" },
  } satisfies Record<string, LeadsAddress>;
}
