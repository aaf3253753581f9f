/** What goes in and out of signing in. Browser-safe. */
import { z } from "zod";

export const roles = ["ADMIN", "ATTORNEY", "INTAKE", "READ_ONLY"] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

const tokenDeliverySchema = z.enum(["cookie", "body"]);

const maxPasswordCharacters = 1024;
export const minPasswordCharacters = 12;

export const signInSchema = z.strictObject({
  email: z.string({ error: "Enter your email address." }).trim().min(1, "Enter your email address.").max(254),
  password: z
    .string({ error: "Enter your password." })
    .min(1, "Enter your password.")
    .max(maxPasswordCharacters),
  /** Where the refresh token goes: an HttpOnly cookie (browsers) or the answer's body (API clients). */
  tokenDelivery: tokenDeliverySchema.default("cookie"),
});
export type SignIn = z.output<typeof signInSchema>;

export const userSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  timeZone: z.string(),
});
export type User = z.infer<typeof userSchema>;

export const tokenAnswerSchema = z.object({
  accessToken: z.string(),
  tokenType: z.literal("Bearer"),
  /** Seconds until the access token ends. */
  expiresIn: z.int(),
  user: userSchema,
  /** Only with `tokenDelivery: "body"`. */
  refreshToken: z.string().optional(),
});
export type TokenAnswer = z.infer<typeof tokenAnswerSchema>;

export const refreshSchema = z.strictObject({ refreshToken: z.string().max(500).optional() });

export const firstAdminSchema = z.strictObject({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1, "Enter your name.").max(100, "Shorten the name to at most 100 characters."),
  email: z.email("Enter a complete address, like name@firm.com.").max(254),
  password: z
    .string()
    .min(
      minPasswordCharacters,
      `Use at least ${minPasswordCharacters} characters: a few words in a row work well.`,
    )
    .max(maxPasswordCharacters),
});
export type FirstAdmin = z.infer<typeof firstAdminSchema>;
