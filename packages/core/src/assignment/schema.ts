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

/** A colleague to assign a lead to or to name in a note. */
export const activeColleagueSchema = colleagueSchema.extend({
  role: roleSchema,
  isYou: z.boolean(),
  /** Whether leads may be theirs. */
  takesPart: z.boolean(),
  /** The last day away, when they are away today; `null` for an open end is `"open"`. */
  awayUntil: z.union([z.iso.date(), z.literal("open")]).nullable(),
});
export type ActiveColleague = z.infer<typeof activeColleagueSchema>;
