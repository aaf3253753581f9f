/** What can be asked about mails. Browser-safe. */
import { z } from "zod";
import { leadIdSchema } from "../leads/schema";

export const sendMailAgainSchema = z.strictObject({
  leadId: leadIdSchema,
  mailId: z.uuid(),
  /** The person has read that this address takes no mail. */
  knowsAddressRefuses: z.boolean().default(false),
});
export type SendMailAgain = z.infer<typeof sendMailAgainSchema>;
