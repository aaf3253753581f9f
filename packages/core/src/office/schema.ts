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
