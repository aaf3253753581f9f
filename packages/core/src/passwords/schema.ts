/** What goes in and out of choosing passwords. Browser-safe. */
import { z } from "zod";
import { newPasswordSchema, signInSchema } from "../auth/schema";

export const linkTokenSchema = z.strictObject({ token: z.string().min(1).max(200) });

/** What the strength meter must know to judge as the server will. */
export const passwordRulesSchema = z.object({
  about: z.array(z.string()),
  requiresCharacterClasses: z.boolean(),
});
export type PasswordRules = z.infer<typeof passwordRulesSchema>;

export const changePasswordSchema = z.strictObject({
  currentPassword: signInSchema.shape.password,
  newPassword: newPasswordSchema,
});
export type ChangePassword = z.infer<typeof changePasswordSchema>;

export const requestResetSchema = signInSchema.pick({ email: true }).strict();

/** Null when the link has been used, replaced or is too old. */
export const resetStateSchema = z.object({ rules: passwordRulesSchema }).nullable();

export const resetPasswordSchema = linkTokenSchema.extend({ password: newPasswordSchema });
export type ResetPassword = z.infer<typeof resetPasswordSchema>;
