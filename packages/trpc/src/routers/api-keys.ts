import { createApiKey } from "@intake/core/api-keys/create-api-key";
import { listApiKeys } from "@intake/core/api-keys/list-api-keys";
import { revokeApiKey } from "@intake/core/api-keys/revoke-api-key";
import {
  apiKeyIdSchema,
  apiKeySchema,
  createApiKeySchema,
  createdApiKeySchema,
} from "@intake/core/api-keys/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffPersonProcedure } from "../procedures";

/** A key can neither make nor see nor end keys. */
export const apiKeysRouter = {
  list: staffPersonProcedure("api-keys.manage")
    .output(z.array(apiKeySchema))
    .query(({ ctx }) => listApiKeys(ctx.core)),

  create: staffPersonProcedure("api-keys.manage", { stepUp: true })
    .input(createApiKeySchema)
    .output(createdApiKeySchema)
    .mutation(({ ctx, input }) => createApiKey(ctx.core, input)),

  revoke: staffPersonProcedure("api-keys.manage")
    .input(apiKeyIdSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await revokeApiKey(ctx.core, input);
      return null;
    }),
} satisfies TRPCRouterRecord;
