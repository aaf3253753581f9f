/** Who is in charge of a lead. Browser-safe. */
import { z } from "zod";
import { roleSchema } from "../auth/schema";
import { colleagueSchema, leadIdSchema } from "../leads/schema";

export const assignLeadSchema = z.strictObject({
  leadId: leadIdSchema,
  /** Null for nobody. */
  assigneeId: z.uuid().nullable(),
  /** Who was in charge when this was decided; somebody else meanwhile is answered with CONFLICT and the current lead. */
  formerId: z.uuid().nullable().optional(),
});
export type AssignLead = z.infer<typeof assignLeadSchema>;

/** The last day away of somebody who is away today, `"open"` where there is none; null for who is here. */
export const awayUntilSchema = z.union([z.iso.date(), z.literal("open")]).nullable();
export type AwayUntil = z.infer<typeof awayUntilSchema>;

/** A colleague to assign a lead to or to name in a note. */
export const activeColleagueSchema = colleagueSchema.extend({
  role: roleSchema,
  isYou: z.boolean(),
  /** Whether leads may be theirs. */
  takesPart: z.boolean(),
  awayUntil: awayUntilSchema,
});
export type ActiveColleague = z.infer<typeof activeColleagueSchema>;
