import { expect, it } from "vitest";
import { createMemoryMailer } from "./memory-mailer";
import { onlyTo } from "./named-recipients";

const mail = (to: string) => ({
  ...{ id: "m1", to, from: "Office <office@firm.example>", subject: "Hello" },
  ...{ html: "<p>Hello</p>", text: "Hello", tag: "lead-receipt" },
});

it.each([
  ["ana@firm.example", true],
  ["Ana@Firm.Example", true],
  ["anybody@tests.example", true],
  ["ana@firm.example.evil.example", false],
  ["tests.example@evil.example", false],
  ["anybody@sub.tests.example", false],
  ["stranger@gmail.example", false],
])("lets a mail to %s through: %s", async (to, isSent) => {
  const memory = createMemoryMailer();
  const mailer = onlyTo(memory, ["ana@firm.example", "@tests.example"]);
  const result = await mailer.send(mail(to));
  expect(result.outcome).toBe(isSent ? "sent" : "suppressed");
  expect(await mailer.findSent("m1")).toEqual(isSent ? expect.any(String) : null);
});

it("lets nothing through when nobody is named", async () => {
  const result = await onlyTo(createMemoryMailer(), []).send(mail("ana@firm.example"));
  expect(result).toEqual({
    outcome: "suppressed",
    reason: "Staging: this address is not among STAGING_RECIPIENTS.",
  });
});
