import { z } from "zod";
import { leadIdSchema } from "../leads/schema";

/** As many leads as a page of the list can have marked at once. */
export const markLeadsSchema = z.strictObject({
  leadIds: z.array(leadIdSchema).min(1).max(100),
  isRead: z.boolean(),
});
export type MarkLeads = z.infer<typeof markLeadsSchema>;
