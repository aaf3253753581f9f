import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticate } from "../auth/authenticate";
import type { User } from "../auth/schema";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { createApiKey } from "./create-api-key";
import { listApiKeys } from "./list-api-keys";
import { revokeApiKey } from "./revoke-api-key";

let domain: TestDomain;
let owner: User;
beforeAll(async () => {
  domain = await createTestDomain();
  owner = await domain.createUser("ADMIN");
});
afterAll(() => domain.close());

const create = (input: Parameters<typeof createApiKey>[1] = { name: "CRM", role: "ATTORNEY" }) =>
  createApiKey(domain.asStaff(owner), input);
const call = (secret: string) => authenticate(domain.ctx, { token: secret });
const update = (data: { role?: User["role"]; disabledAt?: Date | null }) =>
  domain.ctx.db.prisma.user.update({ where: { id: owner.id }, data });

test("a key is shown once, stored as a hash, and acts for its owner with its own role", async () => {
  const { secret, apiKey } = await create();
  expect(secret).toMatch(/^intake_[\w-]{43}$/);
  expect(JSON.stringify(await domain.ctx.db.prisma.apiKey.findMany())).not.toContain(secret.slice(7));
  expect(await call(secret)).toMatchObject({
    type: "api_key",
    keyId: apiKey.id,
    user: { id: owner.id, role: "ATTORNEY" },
  });
  for (const wrong of [`${secret}x`, secret.slice(0, -1), "intake_", `intake_${"A".repeat(43)}`])
    expect(await call(wrong)).toBeNull();
});

test("a key never may more than its owner may now, and ends with the owner at once", async () => {
  const { secret } = await create({ name: "All", role: "ADMIN" });
  await update({ role: "READ_ONLY" });
  expect((await call(secret))?.user.role).toBe("READ_ONLY");
  await update({ role: "ADMIN", disabledAt: domain.ctx.now() });
  expect(await call(secret)).toBeNull();
  expect(await listApiKeys(domain.ctx)).toEqual([]);
  await update({ disabledAt: null });
  const attorney = await domain.createUser("ATTORNEY");
  await expect(createApiKey(domain.asStaff(attorney), { name: "More", role: "ADMIN" })).rejects.toMatchObject(
    { code: "UNPROCESSABLE_CONTENT", errors: [{ path: "role" }] },
  );
});

test("a revoked key opens nothing, is not listed, and cannot be revoked twice", async () => {
  const { secret, apiKey } = await create();
  await revokeApiKey(domain.asStaff(owner), { apiKeyId: apiKey.id });
  expect(await call(secret)).toBeNull();
  expect((await listApiKeys(domain.ctx)).map(({ id }) => id)).not.toContain(apiKey.id);
  await expect(revokeApiKey(domain.asStaff(owner), { apiKeyId: apiKey.id })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const events = await domain.ctx.db.prisma.auditEvent.findMany({
    where: { type: { startsWith: "api_key." }, data: { path: ["apiKeyId"], equals: apiKey.id } },
    orderBy: { id: "asc" },
  });
  expect(events.map(({ type }) => type)).toEqual(["api_key.created", "api_key.revoked"]);
  expect(JSON.stringify(events.map(({ data }) => data))).not.toContain("CRM");
});

test("its last use is known to the minute, without a write for each call", async () => {
  const { secret, apiKey } = await create({ name: "Nightly", role: "READ_ONLY" });
  domain.passSeconds(120);
  await call(secret);
  const find = async () => (await listApiKeys(domain.ctx)).find(({ id }) => id === apiKey.id);
  expect((await find())?.lastUsedAt).toBeNull();
  await domain.ctx.activity.write();
  expect((await find())?.lastUsedAt).toBe(domain.ctx.now().toISOString());
});
