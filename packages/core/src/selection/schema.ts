/** What is chosen of the list of leads, to do something with all of it. Browser-safe. */
import { z } from "zod";
import { leadIdSchema, listLeadsSchema } from "../leads/schema";

/** So many leads can be named one by one; of more, the question that they answer is sent. */
const mostChosen = 10_000;
const tooMany = "Choose at most 10,000 leads one by one, or all that match.";

export const leadSelectionSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("ids"),
    ids: z.array(leadIdSchema).min(1, "Choose at least one lead.").max(mostChosen, tooMany),
  }),
  /** All that match the filters of a list, whatever page they are on. */
  z.strictObject({
    kind: z.literal("matching"),
    query: listLeadsSchema,
    except: z.array(leadIdSchema).max(mostChosen, tooMany),
  }),
]);
export type LeadSelection = z.output<typeof leadSelectionSchema>;

export const selectionCountSchema = z.object({
  total: z.int(),
  /** When they were counted: leads that arrive later do not belong to what was confirmed. */
  countedAt: z.iso.datetime(),
});
export type SelectionCount = z.infer<typeof selectionCountSchema>;
