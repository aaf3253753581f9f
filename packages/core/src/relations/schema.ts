/** Letters that may be from one person, and what somebody decided about them. Browser-safe. */
import { z } from "zod";
import { leadIdSchema, leadStatusSchema } from "../leads/schema";

const relationKinds = ["SAME_PERSON", "NOT_SAME"] as const;
export const relationKindSchema = z.enum(relationKinds);
export type RelationKind = z.infer<typeof relationKindSchema>;

/** Decides about two leads; `null` takes the decision back. */
export const decideRelationSchema = z.strictObject({
  leadId: leadIdSchema,
  otherId: leadIdSchema,
  kind: relationKindSchema.nullable(),
});
export type DecideRelation = z.infer<typeof decideRelationSchema>;

/** Another lead that is, or may be, from the same person. */
export const relatedLeadSchema = z.object({
  id: z.uuid(),
  reference: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  status: leadStatusSchema,
  createdAt: z.iso.datetime(),
  reachedOutAt: z.iso.datetime().nullable(),
  /** Who reached out, where a person did. */
  reachedOutBy: z.string().nullable(),
  /** What makes it likely; false for both when somebody linked them all the same. */
  sameEmail: z.boolean(),
  sameName: z.boolean(),
  /** What was decided; null when nobody has. */
  decision: relationKindSchema.nullable(),
});
export type RelatedLead = z.infer<typeof relatedLeadSchema>;
