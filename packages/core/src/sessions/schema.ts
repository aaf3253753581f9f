/** What people see of their own sessions. Browser-safe. */
import { z } from "zod";

const methodSchema = z.enum(["PASSWORD", "PASSKEY", "SINGLE_SIGN_ON"]);
export type SignInMethod = z.infer<typeof methodSchema>;

export const mySessionSchema = z.object({
  id: z.uuid(),
  /** `Firefox on Windows`; null when the browser did not say. */
  device: z.string().nullable(),
  /** Coarse: the network it was opened from. */
  network: z.string().nullable(),
  method: methodSchema,
  signedInAt: z.iso.datetime(),
  /** To the minute. */
  lastActiveAt: z.iso.datetime(),
  isThisOne: z.boolean(),
});
export type MySession = z.infer<typeof mySessionSchema>;

export const signInEventSchema = z.object({
  id: z.uuid(),
  type: z.string(),
  at: z.iso.datetime(),
  network: z.string().nullable(),
});
export type SignInEvent = z.infer<typeof signInEventSchema>;

export const sessionStateSchema = z.object({
  /** Seconds until this session ends when nobody does anything. */
  idleEndsIn: z.int(),
  /** Seconds until it ends whatever happens. */
  absoluteEndsIn: z.int(),
});
export type SessionState = z.infer<typeof sessionStateSchema>;

export const sessionIdSchema = z.strictObject({ sessionId: z.uuid() });
