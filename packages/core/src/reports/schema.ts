/** The office's numbers (details, part J) and what needs somebody now. Browser-safe. */
import { z } from "zod";
import { businessHoursSchema } from "../office/schema";
import { uploadFailureReasonSchema } from "../upload-failures/schema";

export const reportPeriods = [7, 30, 90] as const;
export type ReportPeriod = (typeof reportPeriods)[number];

/** Below this many cases a share or a median says more about chance than about the office, and is left out. */
export const fewestSamples = 20;

export const askReportSchema = z.strictObject({
  /** The last so many days, today included, by the office's calendar. */
  days: z.literal(reportPeriods, "Ask for 7, 30 or 90 days.").default(30),
});
export type AskReport = z.output<typeof askReportSchema>;

const moment = z.iso.datetime();
const span = z.object({ from: moment, to: moment });

/** Cases that went well out of all; `share` (0 to 1) is null under `fewestSamples` of them. */
const rateSchema = z.object({ good: z.int(), all: z.int(), share: z.number().nullable() });
export type Rate = z.infer<typeof rateSchema>;

/** Business minutes within which half and nine tenths of the first contacts came; null under `fewestSamples` of them. */
const waitSchema = z.object({
  samples: z.int(),
  median: z.int().nullable(),
  ninth: z.int().nullable(),
});
export type Wait = z.infer<typeof waitSchema>;

/** Leads that arrived on one day, by what has become of them. */
const reportDaySchema = span.extend({
  day: z.iso.date(),
  inTime: z.int(),
  late: z.int(),
  /** Answered, but nobody had promised a time when they came. */
  unpromised: z.int(),
  pending: z.int(),
});
export type ReportDay = z.infer<typeof reportDaySchema>;

/** One number then and now: the period, and the same stretch of time so many days earlier. */
const thenAndNow = <Value extends z.ZodType>(value: Value) => z.object({ now: value, before: value });

export const officeReportSchema = z.object({
  days: z.literal(reportPeriods),
  /** The period: from the first midnight of the office to the moment of counting. */
  period: span,
  /** The same stretch of time, `days` days earlier. */
  before: span,
  hours: businessHoursSchema,
  /** Business minutes within which a prospect is to be reached. */
  targetMinutes: z.int(),

  received: thenAndNow(z.int()),
  /** Of the leads that arrived in the period: reached within the target, out of those answered or past it. */
  inTime: thenAndNow(rateSchema),
  /** Of the first contacts made in the period. */
  firstContact: thenAndNow(waitSchema),
  /** Business minutes since the oldest lead still pending arrived; null when none is. */
  oldestPending: thenAndNow(z.int().nullable()),
  oldestLead: z
    .object({ id: z.uuid(), firstName: z.string(), lastName: z.string(), createdAt: moment })
    .nullable(),
  /** Uploads that became no lead, out of all tries: `good` counts the failures. */
  uploads: thenAndNow(rateSchema),
  /** Receipts that the mail provider took, out of those it took or refused for good. */
  receipts: thenAndNow(rateSchema),
  undelivered: z.object({ suppressed: z.int(), failed: z.int(), waiting: z.int() }),

  byDay: z.array(reportDaySchema),
  /** First contacts of the period by business minutes: from (inclusive) to (exclusive), without end for the last. */
  waits: z.array(z.object({ from: z.int(), to: z.int().nullable(), leads: z.int() })),
  /** Why uploads failed, most frequent first. */
  reasons: z.array(
    z.object({
      reason: uploadFailureReasonSchema,
      total: z.int(),
      /** Where it happened most, `Safari on iOS`. */
      browser: z.string(),
      onBrowser: z.int(),
    }),
  ),
  /** The six numbers over equal parts of the period, oldest first, for a line; null where there is nothing to divide by. */
  trend: z.object({
    received: z.array(z.number().nullable()),
    inTime: z.array(z.number().nullable()),
    firstContact: z.array(z.number().nullable()),
    oldestPending: z.array(z.number().nullable()),
    uploads: z.array(z.number().nullable()),
    receipts: z.array(z.number().nullable()),
  }),
});
export type OfficeReport = z.infer<typeof officeReportSchema>;

const namedLead = z.object({ id: z.uuid(), firstName: z.string(), lastName: z.string() });

/** How many, counted to `mostCounted`; more is `isExact: false`. */
const countedSchema = z.object({ total: z.int(), isExact: z.boolean() });

/** What waits for somebody, for the person who asks. */
export const attentionSchema = z.object({
  /** Pending leads whose target has passed, and the one that waits longest. */
  pastTarget: countedSchema.extend({ worst: namedLead.extend({ lateMinutes: z.int() }).nullable() }),
  /** Leads that arrived since the person last looked at the list. */
  newLeads: countedSchema.extend({ since: moment, unassigned: z.int() }),
  /** Pending leads of the last 90 days whose receipt could not be delivered, and the newest of them. */
  undelivered: countedSchema.extend({
    newest: namedLead
      .extend({ state: z.enum(["SUPPRESSED", "FAILED"]), reason: z.string().nullable() })
      .nullable(),
  }),
});
export type Attention = z.infer<typeof attentionSchema>;
