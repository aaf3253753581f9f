/** What goes in and out of signing in. Browser-safe. */
import { z } from "zod";

export const roles = ["ADMIN", "ATTORNEY", "INTAKE", "READ_ONLY"] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const tokenDeliverySchema = z.enum(["cookie", "body"]);

const maxPasswordBytes = 1024;
export const minPasswordCharacters = 12;

export const signInSchema = z.strictObject({
  email: z.string({ error: "Enter your email address." }).trim().min(1, "Enter your email address.").max(254),
  password: z.string({ error: "Enter your password." }).min(1, "Enter your password.").max(maxPasswordBytes),
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

/** A person as they stand at this moment: with what the office lets their role see. */
export const signedInUserSchema = userSchema.extend({
  /** Of people who may only read: the office shows them resumes too. Always true for the other roles. */
  seesResumes: z.boolean(),
});
export type SignedInUser = z.infer<typeof signedInUserSchema>;

export const tokenAnswerSchema = z.object({
  accessToken: z.string(),
  tokenType: z.literal("Bearer"),
  /** Seconds until the access token ends. */
  expiresIn: z.int(),
  user: signedInUserSchema,
  /** Only with `tokenDelivery: "body"`. */
  refreshToken: z.string().optional(),
});
export type TokenAnswer = z.infer<typeof tokenAnswerSchema>;

export const refreshSchema = z.strictObject({ refreshToken: z.string().max(500).optional() });

/** The length of a new password; whether it is strong enough is decided in `passwords/policy.ts`. */
export const newPasswordSchema = z
  .string({ error: "Choose a password." })
  .max(maxPasswordBytes, `Use at most ${maxPasswordBytes} bytes.`)
  .refine((value) => [...value].length >= minPasswordCharacters, {
    error: `Use at least ${minPasswordCharacters} characters: a few words in a row work well.`,
  })
  .refine((value) => value.isWellFormed() && new TextEncoder().encode(value).length <= maxPasswordBytes, {
    error: `Use at most ${maxPasswordBytes} bytes.`,
  });

export const firstAdminSchema = z.strictObject({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1, "Enter your name.").max(100, "Shorten the name to at most 100 characters."),
  email: z.email("Enter a complete address, like name@firm.com.").max(254),
  password: newPasswordSchema,
});
export type FirstAdmin = z.infer<typeof firstAdminSchema>;
