/** What goes in and out of API keys. Browser-safe. */
import { z } from "zod";
import { roleSchema } from "../auth/schema";

/** How every key begins: secret scanners and people recognise it. */
export const apiKeyPrefix = "intake_";

export const createApiKeySchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "Name the key after what uses it.")
    .max(60, "Shorten the name to at most 60 characters."),
  /** What the key may do; never more than its owner may. */
  role: roleSchema,
});
export type CreateApiKey = z.infer<typeof createApiKeySchema>;

export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  role: roleSchema,
  /** Whose rights it acts with. */
  owner: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: z.iso.datetime(),
  /** To the minute. */
  lastUsedAt: z.iso.datetime().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const createdApiKeySchema = z.object({
  apiKey: apiKeySchema,
  /** The whole key; nobody can see it again. */
  secret: z.string(),
});
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>;

export const apiKeyIdSchema = z.strictObject({ apiKeyId: z.uuid() });
