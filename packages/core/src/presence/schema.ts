import { z } from "zod";

/** Who is in front of a lead says so this often, in seconds. */
export const beatSeconds = 20;
/** Who has not said so for this long has gone, in seconds. */
export const goneSeconds = 45;
/** A claim ends by itself after this many minutes. */
export const claimMinutes = 15;

export const claimSchema = z.object({
  holder: z.object({ id: z.uuid(), name: z.string() }),
  isYours: z.boolean(),
  expiresAt: z.iso.datetime(),
});
/** "I am writing to this person", so that nobody else does at the same time. */
export type Claim = z.infer<typeof claimSchema>;

/** Who else has a lead open, longest first, and who holds it. */
export const companySchema = z.object({
  people: z.array(z.object({ id: z.uuid(), name: z.string(), goneInSeconds: z.number() })),
  claim: claimSchema.nullable(),
});
export type Company = z.infer<typeof companySchema>;
