import { z } from "zod";
import { leadIdSchema } from "../leads/schema";

/** What happened to a lead, as far as a screen must know to ask again. */
export const changeKinds = ["created", "changed", "notes", "resume", "mail", "claim", "presence"] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What an open screen hears: which leads are no longer what it shows, or, with `isMany`, that it should ask for everything anew. */
export const liveNewsSchema = z.object({
  changes: z.array(z.object({ leadId: leadIdSchema, kinds: z.array(z.enum(changeKinds)) })),
  isMany: z.boolean(),
  /** Byte of the database's log that holds all of it: who asks anew is answered by a server that is as far. */
  upTo: z.number().optional(),
});
export type LiveNews = z.infer<typeof liveNewsSchema>;
