import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { createOperationsMetrics } from "./operations-metrics";
import { createRequestMeter } from "./request-meter";
import { version } from "./version";

/** Everything `/metrics` shows. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const build = new Gauge({
    name: "intake_build_info",
    help: "1, with the version of this process",
    labelNames: ["version", "node"],
    registers: [registry],
  });
  build.set({ version, node: process.versions.node }, 1);
  return {
    registry,
    requests: createRequestMeter(registry),
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
    browserErrors: new Counter({
      name: "intake_browser_errors_total",
      help: "Errors that pages of ours told of themselves, by app",
      labelNames: ["app"],
      registers: [registry],
    }),
    ...createOperationsMetrics(registry),
    leads: new Gauge({
      name: "intake_leads",
      help: "Leads by status",
      labelNames: ["status"],
      registers: [registry],
    }),
    conversion: new Gauge({
      name: "intake_leads_reached_out_ratio",
      help: "Of all leads, the part somebody has reached out to",
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
    droppedLogLines: new Counter({
      name: "intake_log_lines_dropped_total",
      help: "Lines of the log that were lost because its disk was full or its reader stood still",
      registers: [registry],
    }),
    alteredFiles: new Counter({
      name: "intake_altered_files_total",
      help: "Times a stored file was not what was stored, and stayed closed",
      registers: [registry],
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
