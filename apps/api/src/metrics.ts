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
