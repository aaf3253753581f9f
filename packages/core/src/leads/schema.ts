/** The shape of a lead and of everything that can be asked about it. Browser-safe: form, dashboard, doors and verbs share it. */
import { z } from "zod";
import { emailAddress } from "../email-address";
import { noteTextSchema } from "../notes/schema";
import { excerptSchema, resumeSummarySchema, scanStates } from "../resumes/schema";
import { text } from "../text";

const leadStatuses = ["PENDING", "REACHED_OUT"] as const;
export const leadStatusSchema = z.enum(leadStatuses);
export type LeadStatus = z.infer<typeof leadStatusSchema>;

export const contactChannels = ["EMAIL", "PHONE", "OTHER"] as const;
/** How the person was reached; callers may write it in lower case. */
export const contactChannelSchema = z.string().max(20).toUpperCase().pipe(z.enum(contactChannels));

const leadSources = ["FORM", "API"] as const;
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
  /** Who is in charge; `hasLeft` when they are not here any more, so that nobody looks after the lead. */
  assignee: colleagueSchema.extend({ hasLeft: z.boolean().optional() }).nullable(),
  /** When the office wants to have answered, in its business hours; null for leads from before there was a target. */
  respondBy: z.iso.datetime().nullable(),
  /** The first contact, while the status says so. */
  reachedOutAt: z.iso.datetime().nullable(),
  /** Business minutes from arrival to the first contact. */
  responseMinutes: z.int().nullable(),
  resume: resumeSummarySchema,
});
export type Lead = z.infer<typeof leadSchema>;

export const leadSortFields = [
  "createdAt",
  "updatedAt",
  "lastName",
  "firstName",
  "email",
  "status",
  "respondBy",
] as const;
/** `respondBy` puts what waits first, the longest overdue at its head; a lead without a promise counts from its arrival. */
export const leadSortSchema = z.enum(leadSortFields);
export type LeadSort = z.infer<typeof leadSortSchema>;
export const sortOrderSchema = z.enum(["asc", "desc"]);

const searchTerm = z.string().max(200, "Search for at most 200 characters.");
/** Addresses carry it as a word. */
const flag = z.preprocess(
  (value) => (value === "true" || value === "false" ? value === "true" : value),
  z.boolean("Say true or false."),
);
const dayOrMoment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** What may have become of a mail. */
const mailStates = ["QUEUED", "SENDING", "SENT", "SUPPRESSED", "FAILED"] as const;
export const mailStateSchema = z.enum(mailStates);
export type MailState = z.infer<typeof mailStateSchema>;

export const searchAreas = ["everything", "person", "resume"] as const;
export const searchAreaSchema = z.enum(searchAreas);
export type SearchArea = z.infer<typeof searchAreaSchema>;

/** Filters, sort and place of a list (design 3, `GET /api/leads`). The dashboard's address bar uses the same schema. */
export const listLeadsSchema = z.strictObject({
  /** Words of a name, an address or the newest resume, or a whole reference, in any order; case and accents do not matter; phrases in quotes. */
  q: searchTerm.optional(),
  /** Where `q` is looked for: names and addresses, resumes, or both together. */
  in: searchAreaSchema.default("everything"),
  name: searchTerm.optional(),
  /** The exact address, case ignored. */
  email: searchTerm.optional(),
  status: leadStatusSchema.optional(),
  /** From this moment or day (UTC) on. */
  createdFrom: dayOrMoment.optional(),
  /** Before this moment, or up to the end of this day (UTC). */
  createdTo: dayOrMoment.optional(),
  /** First contact, as above. */
  reachedFrom: dayOrMoment.optional(),
  reachedTo: dayOrMoment.optional(),
  /** Who is in charge: the caller, nobody, or a colleague by id. */
  assignee: z.union([z.enum(["me", "nobody"]), z.uuid()]).optional(),
  source: leadSourceSchema.optional(),
  /** What the check of the newest resume said. */
  scan: z.enum(scanStates).optional(),
  /** What became of the receipt that the prospect was sent; `UNDELIVERED` is suppressed or failed. */
  mail: z.enum([...mailStates, "UNDELIVERED"]).optional(),
  /**
   * Whether the newest resume can be looked at. Every lead has one; it cannot while it has not been checked, and when malware or damage
   * locked it. What only our own findings locked can still be seen as pictures.
   */
  hasResume: flag.optional(),
  /** Whether a colleague wrote a note. */
  hasNote: flag.optional(),
  /** Whether the caller has yet to read it. */
  unread: flag.optional(),
  /** Whether it is pending and its promised answer overdue. */
  late: flag.optional(),
  /** Reached within the promised time, or not: reached after it, or overdue and still pending. */
  answered: z.enum(["IN_TIME", "LATE"]).optional(),
  /** First contact after so many business minutes at least … */
  waitFrom: z.coerce.number().int().min(0).max(1_000_000).optional(),
  /** … and after fewer than so many. */
  waitTo: z.coerce.number().int().min(0).max(1_000_000).optional(),
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
  /** A page by its number, without a cursor: at most `lastPage` of the answer, past which it is the last one. */
  page: z.coerce.number("Ask for a page by its number.").int().min(1).max(1_000_000).optional(),
});
export type ListLeads = z.output<typeof listLeadsSchema>;

export const leadItemSchema = leadSchema.extend({
  /** By the caller; leads from before their account are read. */
  isUnread: z.boolean(),
  /** Of the receipt to the prospect; null when there is none. */
  receiptState: mailStateSchema.nullable(),
  /** There when it was found by words of its resume. */
  excerpt: excerptSchema.optional(),
});
export type LeadItem = z.infer<typeof leadItemSchema>;

export const leadPageSchema = z.object({
  items: z.array(leadItemSchema),
  nextCursor: z.string().nullable(),
  prevCursor: z.string().nullable(),
  /** How many leads match; counted to 1,000 for searches. When `totalIsExact` is false it means "so many or more". */
  total: z.int(),
  totalIsExact: z.boolean(),
  /** The number of this page; null when a cursor led to it. */
  page: z.int().nullable(),
  /** The last page that can be asked for by its number. Searches, and sorts other than by arrival, reach their first 1,000 leads so. */
  lastPage: z.int(),
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
  /** For colleagues; when a lead is set back to pending, the reason. */
  note: noteTextSchema.optional(),
  /** The version the caller saw; a different current version is answered with CONFLICT and the current lead. */
  version: z.int().positive().optional(),
});
export type UpdateLeadStatus = z.infer<typeof updateLeadStatusSchema>;

/** Mails that are about one lead. */
const leadMailKinds = [
  "LEAD_RECEIPT",
  "LEAD_NOTICE",
  "LEAD_ASSIGNED",
  "NOTE_MENTION",
  "LEAD_REMINDER",
  "LEAD_ESCALATION",
] as const;

/** How many lines of a history come at once. */
export const historyPageSize = 100;

/** Asks for a lead's history, newest first. */
export const listLeadEventsSchema = z.strictObject({
  leadId: leadIdSchema,
  /** Only what colleagues wrote. */
  only: z.enum(["notes"]).optional(),
  /** The last line of the page before. */
  cursor: z.strictObject({ at: z.iso.datetime(), id: z.uuid() }).nullish(),
  /** Sent along by clients that load page after page; a history has one direction only. */
  direction: z.literal("forward").optional(),
});
export type ListLeadEvents = z.infer<typeof listLeadEventsSchema>;

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
  /** For status changes: the change before it was taken back, as if nothing had happened. */
  isUndo: z.boolean().optional(),
  /** Part of a change of many leads. */
  isBulk: z.boolean().optional(),
  note: z.string().optional(),
  /** About `note`. */
  noteFacts: z
    .object({
      id: z.uuid(),
      writtenAt: z.iso.datetime(),
      editedAt: z.iso.datetime().nullable(),
      isYours: z.boolean(),
      mentionsYou: z.boolean(),
      /** Whom it names, in the words of the note. */
      mentions: z.array(z.string()),
    })
    .optional(),
  /** How often the same person did this on this day of theirs; `at` is the last time. */
  times: z.int().optional(),
  /** For assignments: who is in charge now; null for nobody. */
  assignee: colleagueSchema.extend({ isYou: z.boolean() }).nullable().optional(),
  /** For decisions about letters of the same person: the other lead. */
  other: z
    .object({ id: z.uuid(), reference: z.string(), kind: z.enum(["SAME_PERSON", "NOT_SAME"]).optional() })
    .optional(),
  /** For downloads: no scanner had looked at the file, and the person knew. */
  isUnchecked: z.boolean().optional(),
  /** For checks of a file: what came of it, and why it is locked. */
  check: z.object({ state: z.enum(scanStates), reason: z.string().optional() }).optional(),
  /** For added files: an earlier one of this lead has the same content. */
  isSameFile: z.boolean().optional(),
  /** For mails: who it went to, which kind, and why it did not arrive. */
  mail: z
    .object({
      kind: z.enum(leadMailKinds),
      to: z.string(),
      reason: z.string().optional(),
      /** For one that did not arrive and that can be sent again: the mail, and whether its address takes none. */
      again: z.object({ mailId: z.uuid(), addressRefuses: z.boolean() }).optional(),
    })
    .optional(),
});
export type LeadEvent = z.infer<typeof leadEventSchema>;
