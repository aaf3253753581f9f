import type { Effects } from "@intake/core/context";
import { countByStatus } from "@intake/core/leads/list-leads";
import { countActiveUsers } from "@intake/core/reports/count-active-users";
import { countPastTarget } from "@intake/core/reports/find-attention";
import { getOfficeReport } from "@intake/core/reports/get-office-report";
import { countUploadFailures } from "@intake/core/upload-failures/count-upload-failure";
import type { Metrics } from "../metrics";

/** Brings the business metrics up to date (PRD 3.8). All from the database: alike on every instance, and never more than a few dozen series. */
export async function measureOffice(effects: Effects, metrics: Metrics): Promise<void> {
  const [leads, late, report, users, failures] = await Promise.all([
    countByStatus(effects),
    countPastTarget(effects),
    getOfficeReport(effects, { days: 30 }),
    countActiveUsers(effects),
    countUploadFailures(effects),
  ]);
  for (const [status, total] of Object.entries(leads)) metrics.leads.set({ status }, total);
  for (const [days, total] of Object.entries(users)) metrics.activeUsers.set({ days }, total);
  const all = leads.PENDING + leads.REACHED_OUT;
  metrics.conversion.set(all === 0 ? Number.NaN : leads.REACHED_OUT / all);
  metrics.lateLeads.set(late);
  metrics.receivedLeads.set(report.received.now);
  metrics.inTimeRatio.set(report.inTime.now.share ?? Number.NaN);
  metrics.firstContact.set({ quantile: "0.5" }, report.firstContact.now.median ?? Number.NaN);
  metrics.firstContact.set({ quantile: "0.9" }, report.firstContact.now.ninth ?? Number.NaN);
  metrics.oldestPending.set(report.oldestPending.now ?? 0);
  // Counted in the database, where the process's own count would begin anew with every start.
  metrics.uploadFailures.reset();
  for (const [reason, total] of failures) metrics.uploadFailures.inc({ reason }, total);
}
