/** The office's own choices. Browser-safe. */
import { z } from "zod";
import { roleSchema, roles } from "../auth/schema";
import { text } from "../text";

export const officeSettingsSchema = z.object({
  /** Roles that must have a second factor. */
  secondFactorRoles: z.array(roleSchema),
  /** Passwords must mix upper case, lower case, digits and signs. */
  requiresCharacterClasses: z.boolean(),
  /** People who may only read also see and download resumes. */
  readOnlySeesResumes: z.boolean(),
});
export type OfficeSettings = z.infer<typeof officeSettingsSchema>;

export const updateOfficeSettingsSchema = z
  .strictObject({
    secondFactorRoles: z.array(roleSchema).max(roles.length),
    requiresCharacterClasses: z.boolean(),
    readOnlySeesResumes: z.boolean(),
  })
  .partial();
export type UpdateOfficeSettings = z.infer<typeof updateOfficeSettingsSchema>;

const minuteOfDaySchema = z.int("Write times as 09:00.").min(0).max(1440);
/** From and to, in minutes since midnight; `[540, 1050]` is 09:00 to 17:30. A span ends on the day it begins. */
const openSpanSchema = z
  .tuple([minuteOfDaySchema, minuteOfDaySchema])
  .refine(([from, to]) => from < to, "The end must come after the beginning, on the same day.");
export type OpenSpan = z.infer<typeof openSpanSchema>;

const openDaySchema = z
  .array(openSpanSchema)
  .max(4, "Give at most four spans a day.")
  .refine(
    (spans) => spans.every(([from], index) => index === 0 || from >= (spans[index - 1]?.[1] ?? 0)),
    "The hours of a day must follow each other without overlapping.",
  );
/** The spans of each weekday, Sunday first. A week without any is an office whose clock runs day and night. */
export const openWeekSchema = z.array(openDaySchema).length(7);

/** When the office works: what business time is counted by. */
export const businessHoursSchema = z.object({
  /** IANA name. */
  zone: z.string(),
  week: openWeekSchema,
  /** Days off, `2026-12-25`. */
  holidays: z.array(z.iso.date()),
});
export type BusinessHours = z.infer<typeof businessHoursSchema>;

/** How a new lead gets somebody who is in charge of it. */
export const assignmentModes = ["MANUAL", "ROUND_ROBIN", "LEAST_LOADED"] as const;
export const assignmentModeSchema = z.enum(assignmentModes);
export type AssignmentMode = z.infer<typeof assignmentModeSchema>;

/** Two weeks of forty hours. The policy of business time reaches so far whatever the hours are. */
const mostTargetMinutes = 4800;

/** What the office decides about its time and its new leads. */
export const officeRulesSchema = z.strictObject({
  week: openWeekSchema,
  /** Business minutes within which a prospect is to be reached. */
  targetMinutes: z
    .int("Write the target in whole minutes.")
    .min(1, "Give at least one minute.")
    .max(mostTargetMinutes, "Give at most 80 hours."),
  mode: assignmentModeSchema,
});
export type WrittenRules = z.infer<typeof officeRulesSchema>;

export const updateOfficeSchema = officeRulesSchema.extend({
  /** The rules that were on the screen when this was decided; others meanwhile are answered with CONFLICT and the current office. */
  former: officeRulesSchema.optional(),
});
export type UpdateOffice = z.infer<typeof updateOfficeSchema>;

/** So many days off can be listed. */
export const mostHolidays = 500;
export const holidaySchema = z.strictObject({
  day: z.iso.date("Choose a day."),
  name: text({ max: 60, required: "Name the day.", tooLong: "Shorten the name to at most 60 characters." }),
});
export type Holiday = z.output<typeof holidaySchema>;
export const holidayDaySchema = holidaySchema.pick({ day: true });

/** The office as its page shows it. */
export const officeSchema = officeRulesSchema.extend({
  /** IANA name; a choice of the installation. */
  timeZone: z.string(),
  /** By day. */
  holidays: z.array(z.object({ day: z.iso.date(), name: z.string() })),
  /** Who gets new leads now, by name. */
  takers: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type Office = z.infer<typeof officeSchema>;
