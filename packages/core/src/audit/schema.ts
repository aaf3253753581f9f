import { z } from "zod";

/** Kinds of events, by the first word of their types. */
export const auditKinds = {
  "sign-in": ["auth"],
  leads: ["lead", "leads", "bulk", "resume", "mail"],
  people: ["user", "invitation", "notify_address"],
  security: [
    "password",
    "second_factor",
    "passkey",
    "recovery_code",
    "recovery_codes",
    "identity",
    "api_key",
    "keys",
  ],
  office: ["settings", "office", "holiday", "view", "audit", "storage", "job", "demo"],
} as const;
export const auditKindSchema = z.enum(["sign-in", "leads", "people", "security", "office"]);
export type AuditKind = z.infer<typeof auditKindSchema>;

/** Filters of the audit; the address bar of its page uses the same schema. */
export const auditFilterSchema = z.strictObject({
  /** Part of a person's name or address, or a lead's name, address or reference. */
  q: z.string().max(200, "Search for at most 200 characters.").optional(),
  kind: auditKindSchema.optional(),
  leadId: z.uuid().optional(),
  /** Who did it or whom it happened to. */
  userId: z.uuid().optional(),
  /** First and last day, in the reader's own zone. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type AuditFilter = z.output<typeof auditFilterSchema>;

export const listAuditSchema = auditFilterSchema.extend({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** `nextCursor` of an earlier answer with the same filters. */
  cursor: z.string().max(100).optional(),
});
export type ListAudit = z.output<typeof listAuditSchema>;

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const auditEntrySchema = z.object({
  id: z.uuid(),
  type: z.string(),
  at: z.string(),
  /** The name is looked up now: the event itself holds ids only. Null when there is none. */
  actor: z.object({ type: z.enum(["user", "api_key", "prospect", "system"]), name: z.string().nullable() }),
  lead: z.object({ id: z.uuid(), reference: z.string(), name: z.string() }).nullable(),
  person: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  data: facts,
  /** Coarse: a network, never a whole address. */
  source: z.string().nullable(),
  /** Null until it is sealed, a few seconds after it happened. */
  seal: z.object({ position: z.int(), hash: z.string() }).nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditPageSchema = z.object({
  items: z.array(auditEntrySchema),
  nextCursor: z.string().nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

export const chainReportSchema = z.object({
  checked: z.int(),
  head: z.object({ count: z.int(), hash: z.string() }).nullable(),
  problem: z
    .object({
      kind: z.enum(["seal-missing", "event-missing", "changed", "unsealed", "cut-off"]),
      position: z.int().nullable(),
      eventId: z.string().nullable(),
    })
    .nullable(),
});
export type ChainReport = z.infer<typeof chainReportSchema>;
export type ChainProblem = NonNullable<ChainReport["problem"]>;

/** What the last nightly proof of the whole chain found; null before the first night. */
export const nightlyCheckSchema = z
  .object({ at: z.iso.datetime(), checked: z.int(), isWhole: z.boolean() })
  .nullable();
export type NightlyCheck = z.infer<typeof nightlyCheckSchema>;
