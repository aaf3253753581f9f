import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Everything `/metrics` shows. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requestSeconds: new Histogram({
      name: "intake_http_request_seconds",
      help: "Time to answer, in seconds",
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    }),
    submissions: new Counter({
      name: "intake_lead_submissions_total",
      help: "Submissions of the public form by outcome",
      labelNames: ["outcome"],
      registers: [registry],
    }),
    uploadRefusals: new Counter({
      name: "intake_upload_refusals_total",
      help: "Refused resumes by reason",
      labelNames: ["reason"],
      registers: [registry],
    }),
    uploadFailures: new Counter({
      name: "intake_upload_failures_total",
      help: "Uploads that became no lead, by reason, those included that never reached the server; the same on every instance: take the max, not the sum",
      labelNames: ["reason"],
      registers: [registry],
    }),
    leads: new Gauge({
      name: "intake_leads",
      help: "Leads by status",
      labelNames: ["status"],
      registers: [registry],
    }),
    lateLeads: new Gauge({
      name: "intake_leads_past_target",
      help: "Pending leads whose response target has passed, counted to 1,000",
      registers: [registry],
    }),
    receivedLeads: new Gauge({
      name: "intake_leads_received_30d",
      help: "Leads of the last 30 days",
      registers: [registry],
    }),
    inTimeRatio: new Gauge({
      name: "intake_leads_in_time_ratio_30d",
      help: "Of the leads of the last 30 days that were answered or are past their target, the part answered in time; NaN under 20",
      registers: [registry],
    }),
    firstContact: new Gauge({
      name: "intake_first_contact_business_minutes_30d",
      help: "Business minutes within which this part of the first contacts of the last 30 days came; NaN under 20",
      labelNames: ["quantile"],
      registers: [registry],
    }),
    oldestPending: new Gauge({
      name: "intake_oldest_pending_business_minutes",
      help: "Business minutes since the oldest pending lead arrived; 0 when none is pending",
      registers: [registry],
    }),
    activeUsers: new Gauge({
      name: "intake_active_users",
      help: "People who signed in within so many days",
      labelNames: ["days"],
      registers: [registry],
    }),
    alteredFiles: new Counter({
      name: "intake_altered_files_total",
      help: "Times a stored file was not what was stored, and stayed closed",
      registers: [registry],
    }),
    waitingScans: new Gauge({
      name: "intake_resumes_waiting_for_scan",
      help: "Resumes locked until the scanner has looked at them",
      registers: [registry],
    }),
    isScannerAway: new Gauge({
      name: "intake_scanner_away",
      help: "1 while the scanner fails and is left alone",
      registers: [registry],
    }),
    storedBytes: new Gauge({
      name: "intake_storage_used_bytes",
      help: "Bytes of all stored resumes",
      registers: [registry],
    }),
    quotaBytes: new Gauge({
      name: "intake_storage_quota_bytes",
      help: "Bytes all resumes together may take; 0 without a quota",
      registers: [registry],
    }),
    waitingMails: new Gauge({
      name: "intake_outbox_mails",
      help: "Mails in the outbox that have not left, by state",
      labelNames: ["state"],
      registers: [registry],
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
