import { type ListAudit, listAuditSchema } from "@intake/core/audit/schema";

const keys = ["q", "kind", "leadId", "userId", "from", "to", "cursor"] as const;
type Key = (typeof keys)[number];

/** What the address bar of the audit holds, unchecked. */
export type AuditAddress = Partial<Record<Key, string>>;

/** Keeps the parameters we know, as text. */
export function pickAuditAddress(raw: Record<string, unknown>): AuditAddress {
  const address: AuditAddress = {};
  for (const key of keys) {
    const value = raw[key];
    if (["string", "number"].includes(typeof value) && value !== "") address[key] = String(value);
  }
  return address;
}

/** The question for the server; a parameter that is not understood is left out. */
export function readAuditAddress(address: AuditAddress): ListAudit {
  const whole = listAuditSchema.safeParse(address);
  if (whole.success) return whole.data;
  const bad = new Set(whole.error.issues.map((issue) => issue.path[0]));
  return listAuditSchema.parse(Object.fromEntries(Object.entries(address).filter(([key]) => !bad.has(key))));
}

/** Another filter starts at the newest event again. */
export function narrow(address: AuditAddress, change: { [K in Key]?: string | undefined }): AuditAddress {
  return pickAuditAddress({ ...address, cursor: undefined, ...change });
}
