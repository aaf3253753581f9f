/** The office's own choices. Browser-safe. */
import { z } from "zod";
import { roleSchema, roles } from "../auth/schema";

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
