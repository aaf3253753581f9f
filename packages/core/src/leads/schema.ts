/** The shape of a lead and of everything that can be asked about it. Browser-safe: form, dashboard, doors and verbs share it. */
import { z } from "zod";
import { emailAddress } from "../email-address";
import { excerptSchema, resumeSummarySchema, scanStates } from "../resumes/schema";
import { text } from "../text";

const leadStatuses = ["PENDING", "REACHED_OUT"] as const;
export const leadStatusSchema = z.enum(leadStatuses);
export type LeadStatus = z.infer<typeof leadStatusSchema>;

export const contactChannels = ["EMAIL", "PHONE", "OTHER"] as const;
/** How the person was reached; callers may write it in lower case. */
export const contactChannelSchema = z.string().max(20).toUpperCase().pipe(z.enum(contactChannels));

export const leadSources = ["FORM", "API"] as const;
/** Which door a lead came through: the public form, or a program. */
export const leadSourceSchema = z.enum(leadSources);
export type LeadSource = z.infer<typeof leadSourceSchema>;

/** A colleague as lists and leads name them. */
export const colleagueSchema = z.object({ id: z.uuid(), name: z.string() });
export type Colleague = z.infer<typeof colleagueSchema>;

/** The three typed fields of the public form (PRD 2.1); the file travels beside them. */
export const leadFieldsSchema = z.strictObject({
  firstName: text({
    max: 100,
    required: "Enter your first name.",
    tooLong: "Shorten the first name to at most 100 characters.",
  }),
  lastName: text({
    max: 100,
    required: "Enter your last name.",
    tooLong: "Shorten the last name to at most 100 characters.",
  }),
  email: emailAddress,
});
export type LeadFields = z.infer<typeof leadFieldsSchema>;

export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, "The idempotency key must be 1 to 255 visible ASCII characters.");

/** What a submitter gets back: exactly what is stored (design 3, `POST /api/leads`). */
export const leadReceiptSchema = z.object({
  id: z.uuid(),
  reference: z.string(),
  status: leadStatusSchema,
  receivedAt: z.iso.datetime(),
  resume: resumeSummarySchema.pick({ fileName: true, sizeBytes: true, sha256: true }),
  /** The thank-you page, absolute; holds no personal data in its address. */
  receiptUrl: z.string(),
});
export type LeadReceipt = z.infer<typeof leadReceiptSchema>;

export const leadSchema = z.object({
  id: z.uuid(),
  reference: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  status: leadStatusSchema,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  version: z.int(),
  source: leadSourceSchema,
  /** IANA name, as the prospect's browser told it; null where it did not. */
  timeZone: z.string().nullable(),
  /** Who is in charge of it. */
  assignee: colleagueSchema.nullable(),
  /** When the office wants to have answered, in its business hours; null for leads from before there was a target. */
  respondBy: z.iso.datetime().nullable(),
  /** The first contact, while the status says so. */
  reachedOutAt: z.iso.datetime().nullable(),
  /** Business minutes from arrival to the first contact. */
  responseMinutes: z.int().nullable(),
  resume: resumeSummarySchema,
});
export type Lead = z.infer<typeof leadSchema>;

export const leadSortFields = ["createdAt", "updatedAt", "lastName", "firstName", "email", "status"] as const;
export const leadSortSchema = z.enum(leadSortFields);
export type LeadSort = z.infer<typeof leadSortSchema>;
export const sortOrderSchema = z.enum(["asc", "desc"]);

const searchTerm = z.string().max(200, "Search for at most 200 characters.");

export const searchAreas = ["everything", "person", "resume"] as const;
export const searchAreaSchema = z.enum(searchAreas);
export type SearchArea = z.infer<typeof searchAreaSchema>;

/** Filters, sort and place of a list (design 3, `GET /api/leads`). The dashboard's address bar uses the same schema. */
export const listLeadsSchema = z.strictObject({
  /** Words of a name, an address or the newest resume, in any order; case and accents do not matter; phrases in quotes. */
  q: searchTerm.optional(),
  /** Where `q` is looked for: names and addresses, resumes, or both together. */
  in: searchAreaSchema.default("everything"),
  name: searchTerm.optional(),
  /** The exact address, case ignored. */
  email: searchTerm.optional(),
  status: leadStatusSchema.optional(),
  /** From this moment or day (UTC) on. */
  createdFrom: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional(),
  /** Before this moment, or up to the end of this day (UTC). */
  createdTo: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional(),
  sort: leadSortSchema.default("createdAt"),
  order: sortOrderSchema.default("desc"),
  limit: z.coerce
    .number("Ask for 1 to 100 leads.")
    .int("Ask for 1 to 100 leads.")
    .min(1, "Ask for at least 1 lead.")
    .max(100, "Ask for at most 100 leads.")
    .default(25),
  /** `nextCursor` or `prevCursor` of an earlier answer with the same filters and sort. */
  cursor: z.string().max(1000).optional(),
});
export type ListLeads = z.output<typeof listLeadsSchema>;

/** A lead of a list; `excerpt` is there when it was found by words of its resume. */
export const leadItemSchema = leadSchema.extend({ excerpt: excerptSchema.optional() });
export type LeadItem = z.infer<typeof leadItemSchema>;

export const leadPageSchema = z.object({
  items: z.array(leadItemSchema),
  nextCursor: z.string().nullable(),
  prevCursor: z.string().nullable(),
  /** How many leads match; counted to 1,000 for searches. When `totalIsExact` is false it means "so many or more". */
  total: z.int(),
  totalIsExact: z.boolean(),
});
export type LeadPage = z.infer<typeof leadPageSchema>;

export const leadTotalsSchema = z.object({ PENDING: z.int(), REACHED_OUT: z.int() });
export type LeadTotals = z.infer<typeof leadTotalsSchema>;

export const leadIdSchema = z.uuid("This is not the id of a lead.");

/** Asks for the stretch of one lead's newest resume that a search found. */
export const findExcerptSchema = z.strictObject({ leadId: leadIdSchema, q: searchTerm });
export type FindExcerpt = z.infer<typeof findExcerptSchema>;

export const updateLeadStatusSchema = z.strictObject({
  leadId: leadIdSchema,
  status: leadStatusSchema,
  channel: contactChannelSchema.optional(),
  note: text({
    max: 2000,
    required: "Write the note or leave it out.",
    tooLong: "Shorten the note to 2,000 characters.",
  }).optional(),
  /** The version the caller saw; a different current version is answered with CONFLICT and the current lead. */
  version: z.int().positive().optional(),
});
export type UpdateLeadStatus = z.infer<typeof updateLeadStatusSchema>;

/** One line of a lead's history. */
export const leadEventSchema = z.object({
  id: z.uuid(),
  /** Such as `lead.submitted`, `lead.status_changed`, `resume.downloaded`, `mail.sent`; readers must tolerate new ones. */
  type: z.string(),
  at: z.iso.datetime(),
  actor: z.discriminatedUnion("type", [
    z.object({ type: z.literal("user"), name: z.string(), isYou: z.boolean() }),
    /** A program with a colleague's key. */
    z.object({ type: z.literal("api_key"), name: z.string(), key: z.string() }),
    z.object({ type: z.literal("prospect") }),
    z.object({ type: z.literal("system") }),
  ]),
  /** For status changes. */
  status: leadStatusSchema.optional(),
  channel: z.enum(contactChannels).optional(),
  note: z.string().optional(),
  /** For downloads: no scanner had looked at the file, and the person knew. */
  isUnchecked: z.boolean().optional(),
  /** For checks of a file: what came of it, and why it is locked. */
  check: z.object({ state: z.enum(scanStates), reason: z.string().optional() }).optional(),
  /** For added files: an earlier one of this lead has the same content. */
  isSameFile: z.boolean().optional(),
  /** For mails: who it went to, which kind, and why it did not arrive. */
  mail: z
    .object({ kind: z.enum(["LEAD_RECEIPT", "LEAD_NOTICE"]), to: z.string(), reason: z.string().optional() })
    .optional(),
});
export type LeadEvent = z.infer<typeof leadEventSchema>;
