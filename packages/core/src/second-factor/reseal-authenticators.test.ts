import { afterAll, beforeAll, expect, test } from "vitest";
import { unseal } from "../sealing";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { totpPlace } from "./authenticator-code";
import { countOutdatedAuthenticators, resealAuthenticators } from "./reseal-authenticators";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

/** Sealed with the test domain's secret before there were master keys. */
const firstVersion = { place: "a table a row", text: "v1.xUNHZyxS8842xJ9t6W5hMa40FKtNFtMzjLM8kuhlJqVTRg" };

test("a secret from before master keys opens in its place and unchanged", async () => {
  expect(await unseal(domain.ctx, firstVersion)).toBe("secret");
  await expect(unseal(domain.ctx, { ...firstVersion, place: "another" })).rejects.toThrow();
  const text = `${firstVersion.text.slice(0, -2)}AA`;
  await expect(unseal(domain.ctx, { ...firstVersion, text })).rejects.toThrow();
});

test("secrets under older keys are sealed anew, with an event; nobody's secret changes", async () => {
  const { ctx } = domain;
  const [older, current, none] = await Promise.all([
    domain.createUser("ATTORNEY"),
    domain.createUser("INTAKE"),
    domain.createUser("ADMIN"),
  ]);
  const stored = async (id: string) => {
    const { totpSecret } = await ctx.db.prisma.user.findUniqueOrThrow({ where: { id } });
    return totpSecret ?? "";
  };
  const give = async (id: string, text: string) => {
    await ctx.db.prisma.user.update({ where: { id }, data: { totpSecret: text } });
  };
  const place = totpPlace(current.id);
  const kept = await ctx.secrets.seal({ place, text: "KEPT" });
  await give(current.id, kept);
  const olderBox = {
    ...ctx.secrets,
    unseal: async (sealed: { place: string; text: string }) =>
      sealed.text === "older" ? "OLDSECRET" : ctx.secrets.unseal(sealed),
  };
  await give(older.id, "older");

  const withOlder = { ...ctx, secrets: olderBox };
  expect(await countOutdatedAuthenticators(ctx)).toBe(1);
  expect(await resealAuthenticators(withOlder)).toBe(1);
  expect(await countOutdatedAuthenticators(ctx)).toBe(0);
  expect(await unseal(ctx, { place: totpPlace(older.id), text: await stored(older.id) })).toBe("OLDSECRET");
  expect(await stored(current.id)).toBe(kept);
  expect(await stored(none.id)).toBe("");
  const events = await ctx.db.prisma.auditEvent.findMany({ where: { type: "keys.rotated" } });
  expect(events).toMatchObject([{ userId: older.id, data: { secrets: 1 } }]);
  expect(await resealAuthenticators(withOlder)).toBe(0);
});
