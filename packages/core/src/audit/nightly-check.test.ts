import { afterAll, beforeAll, expect, test } from "vitest";
import { createKeyring } from "../keyring";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { checkAudit, findNightlyCheck } from "./nightly-check";
import { recordEvent } from "./record-event";
import { sealEvents } from "./seal-events";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

test("the result of the last whole check is kept as an event, good or bad", async () => {
  const night = (keyring = domain.ctx.keyring) =>
    checkAudit({ ...domain.ctx, keyring, actor: { type: "system", job: "audit.verify" } });
  expect(await findNightlyCheck(domain.ctx)).toBeNull();
  await recordEvent(domain.ctx, { type: "lead.submitted" });
  await sealEvents(domain.ctx);
  await night();
  const first = domain.ctx.now().toISOString();
  expect(await findNightlyCheck(domain.ctx)).toEqual({ at: first, checked: 1, isWhole: true });

  domain.passSeconds(86_400);
  // Under another key no seal is true.
  await night(createKeyring(new Uint8Array(32).fill(8)));
  const second = domain.ctx.now().toISOString();
  expect(await findNightlyCheck(domain.ctx)).toEqual({ at: second, checked: 0, isWhole: false });
});
