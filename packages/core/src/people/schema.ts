/** People of the office, invitations and profiles. Browser-safe. */
import { z } from "zod";
import { awayUntilSchema } from "../assignment/schema";
import { newPasswordSchema, roleSchema } from "../auth/schema";
import { emailAddress } from "../email-address";
import { linkTokenSchema, passwordRulesSchema } from "../passwords/schema";
import { text } from "../text";

const nameSchema = text({
  max: 100,
  required: "Enter a name.",
  tooLong: "Shorten the name to at most 100 characters.",
});

const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, "Choose a time zone from the list, like Europe/London.");

/** Whether this runtime knows a zone of this IANA name. */
export function isTimeZone(zone: string): boolean {
  // Most forms name none, and an error costs more than a question.
  if (zone === "") return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    // Offsets are understood as well, but do not know summer time.
    return /^\p{L}/u.test(zone);
  } catch {
    return false;
  }
}

export const personSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  hasAuthenticator: z.boolean(),
  hasPasskey: z.boolean(),
  /** To the minute; null for people who never signed in. */
  lastActiveAt: z.iso.datetime().nullable(),
  isActive: z.boolean(),
  /** The only active admin: nobody may demote or deactivate them. */
  isLastAdmin: z.boolean(),
  awayUntil: awayUntilSchema,
});
export type Person = z.infer<typeof personSchema>;

export const invitationSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  role: roleSchema,
  invitedBy: z.string(),
  expiresAt: z.iso.datetime(),
  isExpired: z.boolean(),
});
export type Invitation = z.infer<typeof invitationSchema>;

export const notifyAddressSchema = z.object({ id: z.uuid(), email: z.string() });
export type NotifyAddress = z.infer<typeof notifyAddressSchema>;

export const peopleSchema = z.object({
  people: z.array(personSchema),
  invitations: z.array(invitationSchema),
  notifyAddresses: z.array(notifyAddressSchema),
  /** New-lead mails go only to addresses the installation names: wishes and notify-only addresses wait. */
  leadMailIsFixed: z.boolean(),
});
export type People = z.infer<typeof peopleSchema>;

export const invitePersonSchema = z.strictObject({ email: emailAddress, role: roleSchema });
export type InvitePerson = z.output<typeof invitePersonSchema>;

export const invitationIdSchema = z.strictObject({ invitationId: z.uuid() });
export const changeInvitationRoleSchema = invitationIdSchema.extend({ role: roleSchema });
export type ChangeInvitationRole = z.infer<typeof changeInvitationRoleSchema>;
export const personIdSchema = z.strictObject({ userId: z.uuid() });
export const changeRoleSchema = personIdSchema.extend({ role: roleSchema });
export type ChangeRole = z.infer<typeof changeRoleSchema>;
export const addNotifyAddressSchema = z.strictObject({ email: emailAddress });
export const notifyAddressIdSchema = z.strictObject({ id: z.uuid() });

/** Null when the link has been used, replaced, revoked or is too old. */
export const invitationStateSchema = z
  .object({
    officeName: z.string(),
    email: z.string(),
    role: roleSchema,
    invitedBy: z.string(),
    rules: passwordRulesSchema,
  })
  .nullable();
export type InvitationState = z.infer<typeof invitationStateSchema>;

export const acceptInvitationSchema = linkTokenSchema.extend({
  name: nameSchema,
  password: newPasswordSchema,
  timeZone: timeZoneSchema,
});
export type AcceptInvitation = z.output<typeof acceptInvitationSchema>;

const appearances = ["SYSTEM", "LIGHT", "DARK"] as const;

const awaySchema = z.strictObject({
  /** First and last day, in the person's own zone; null for an open end, both null for not away. */
  from: z.iso.date("Choose a day.").nullable(),
  until: z.iso.date("Choose a day.").nullable(),
});

export const profileSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  timeZone: z.string(),
  appearance: z.enum(appearances),
  wantsLeadMail: z.boolean(),
  /** Of leads assigned to them, and of notes that name them. */
  wantsOwnMail: z.boolean(),
  wantsDailyDigest: z.boolean(),
  /** Whether leads may become theirs without anybody choosing. */
  takesLeads: z.boolean(),
  away: awaySchema,
  /** False for people who only use single sign-on. */
  hasPassword: z.boolean(),
});
export type Profile = z.infer<typeof profileSchema>;

export const updateProfileSchema = z
  .strictObject({
    name: nameSchema,
    timeZone: timeZoneSchema,
    appearance: z.enum(appearances),
    wantsLeadMail: z.boolean(),
    wantsOwnMail: z.boolean(),
    wantsDailyDigest: z.boolean(),
    takesLeads: z.boolean(),
    away: awaySchema.refine(({ from, until }) => from === null || until === null || from <= until, {
      message: "The last day cannot be before the first.",
      path: ["until"],
    }),
  })
  .partial();
export type UpdateProfile = z.output<typeof updateProfileSchema>;
