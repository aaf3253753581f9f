import type { Prisma } from "@intake/db/database";
import { lesserRole } from "../auth/policy";
import type { Context } from "../context";
import type { ApiKey } from "./schema";

export const apiKeySelect = {
  id: true,
  name: true,
  role: true,
  createdAt: true,
  lastUsedAt: true,
  user: { select: { id: true, name: true, role: true } },
} satisfies Prisma.ApiKeySelect;

type ApiKeyRow = Prisma.ApiKeyGetPayload<{ select: typeof apiKeySelect }>;

/** As it counts now: a key whose owner was given less may do less. */
export function toApiKey({ user, role, createdAt, lastUsedAt, ...key }: ApiKeyRow): ApiKey {
  return {
    ...key,
    role: lesserRole(user.role, role),
    owner: { id: user.id, name: user.name },
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

/** Every key of the office that works now, the newest first. */
export async function listApiKeys(ctx: Pick<Context, "db">): Promise<ApiKey[]> {
  const rows = await ctx.db.prisma.apiKey.findMany({
    where: { revokedAt: null, user: { disabledAt: null } },
    select: apiKeySelect,
    orderBy: { id: "desc" },
  });
  return rows.map(toApiKey);
}
