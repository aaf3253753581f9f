import { Counter, Gauge, type Registry } from "prom-client";

/** What `/metrics` shows of the parts that can fail by themselves. Those of the database are the same on every instance. */
export function createOperationsMetrics(registry: Registry) {
  const registers = [registry];
  return {
    replicaLag: new Gauge({
      name: "intake_replica_lag_seconds",
      help: "Seconds that a replica is behind as this process sees it, one that does not answer included, by its place in DATABASE_REPLICA_URL",
      labelNames: ["replica"],
      registers,
    }),
    replicaReads: new Counter({
      name: "intake_replica_reads_total",
      help: "Lists, reports and exports by who answered: a replica; the primary because of what the reader knows of (own_changes), because no replica was fit (none_fit), because one failed (failed)",
      labelNames: ["server"],
      registers,
    }),
    waitingScans: new Gauge({
      name: "intake_resumes_waiting_for_scan",
      help: "Resumes locked until the scanner has looked at them",
      registers,
    }),
    isScannerAway: new Gauge({
      name: "intake_scanner_away",
      help: "1 while the scanner fails and is left alone",
      registers,
    }),
    storedBytes: new Gauge({
      name: "intake_storage_used_bytes",
      help: "Bytes of all stored resumes",
      registers,
    }),
    quotaBytes: new Gauge({
      name: "intake_storage_quota_bytes",
      help: "Bytes all resumes together may take; 0 without a quota",
      registers,
    }),
    waitingMails: new Gauge({
      name: "intake_outbox_mails",
      help: "Mails in the outbox that have not left, by state",
      labelNames: ["state"],
      registers,
    }),
    storedFiles: new Gauge({
      name: "intake_storage_files",
      help: "Stored resumes",
      registers,
    }),
    oldestScan: new Gauge({
      name: "intake_oldest_scan_seconds",
      help: "Seconds for which the oldest file has waited for the scanner; 0 when none does",
      registers,
    }),
    oldestMail: new Gauge({
      name: "intake_oldest_due_mail_seconds",
      help: "Seconds since the oldest mail should have been tried; 0 when none is due",
      registers,
    }),
    queueJobs: new Gauge({
      name: "intake_queue_jobs",
      help: "Jobs by queue that could run now, that run, and that failed as often as they are tried",
      labelNames: ["queue", "state"],
      registers,
    }),
    queueAge: new Gauge({
      name: "intake_queue_oldest_seconds",
      help: "Seconds for which the oldest job that could run has waited; 0 when none does",
      labelNames: ["queue"],
      registers,
    }),
    securityEvents: new Counter({
      name: "intake_security_events_total",
      help: "Lines of the log that name an event of security, by its name: sign-ins that failed, refused rights, tokens used twice",
      labelNames: ["event"],
      registers,
    }),
    poolConnections: new Gauge({
      name: "intake_database_pool_connections",
      help: "Connections of this process to the database, by what they do",
      labelNames: ["state"],
      registers,
    }),
    poolLimit: new Gauge({
      name: "intake_database_pool_limit_connections",
      help: "Connections this process may have at most",
      registers,
    }),
    poolWaiting: new Gauge({
      name: "intake_database_pool_waiting_requests",
      help: "Requests of this process that wait for a connection",
      registers,
    }),
    backupAt: new Gauge({
      name: "intake_backup_last_timestamp_seconds",
      help: "When the last backup succeeded, and the last proof that one can be restored (seconds since 1970); 0 before the first",
      labelNames: ["kind"],
      registers,
    }),
    isArchiveFailing: new Gauge({
      name: "intake_wal_archive_failing",
      help: "1 while the database cannot bring its log into the archive; absent where nothing archives it",
      labelNames: ["place"],
      registers,
    }),
    archivedAt: new Gauge({
      name: "intake_wal_archived_timestamp_seconds",
      help: "When the database last brought a piece of its log into the archive (seconds since 1970); absent where nothing archives it",
      labelNames: ["place"],
      registers,
    }),
    auditSealedAt: new Gauge({
      name: "intake_audit_sealed_timestamp_seconds",
      help: "When the newest seal of the audit was set (seconds since 1970)",
      registers,
    }),
    auditUnsealed: new Gauge({
      name: "intake_audit_unsealed_seconds",
      help: "Seconds for which the oldest of the newest audit events has waited for its seal; 0 when none does",
      registers,
    }),
    auditCheckedAt: new Gauge({
      name: "intake_audit_checked_timestamp_seconds",
      help: "When the whole audit was last checked (seconds since 1970); 0 before the first night",
      registers,
    }),
    isAuditBroken: new Gauge({
      name: "intake_audit_chain_broken",
      help: "1 when the last check of the whole audit found a fault",
      registers,
    }),
    measuredAt: new Gauge({
      name: "intake_measured_timestamp_seconds",
      help: "When the numbers that come from the database were last measured, by group (seconds since 1970)",
      labelNames: ["group"],
      registers,
    }),
  };
}
