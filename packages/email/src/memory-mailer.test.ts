import type { OutgoingMail } from "@intake/core/ports/mailer";
import { expect, it } from "vitest";
import { createMemoryMailer } from "./memory-mailer";

const mail: OutgoingMail = {
  id: "a1",
  to: "ana@x.example",
  from: "intake@x.example",
  subject: "Hello",
  html: "<p>Hello</p>",
  text: "Hello",
  tag: "lead-notice",
};

it("keeps what it accepts, duplicates too", async () => {
  const mailer = createMemoryMailer();
  expect(await mailer.send(mail)).toEqual({ outcome: "sent", providerMessageId: "memory-a1" });
  await mailer.send(mail);
  expect(mailer.sent.map((sent) => sent.id)).toEqual(["a1", "a1"]);
  expect(await mailer.findSent("a1")).toBe("memory-a1");
  expect(await mailer.findSent("a2")).toBeNull();
});

it("answers as told, in order, and keeps nothing it refused", async () => {
  const mailer = createMemoryMailer();
  mailer.answerNext({ outcome: "retry", reason: "down", retryAfterSeconds: 5 });
  mailer.answerNext({ outcome: "suppressed", reason: "bounced" });
  expect(await mailer.send(mail)).toEqual({ outcome: "retry", reason: "down", retryAfterSeconds: 5 });
  expect((await mailer.send(mail)).outcome).toBe("suppressed");
  expect(mailer.sent).toEqual([]);
  expect((await mailer.send(mail)).outcome).toBe("sent");
  expect(mailer.attempts).toBe(3);
});

it("can lose the answer to a mail it took", async () => {
  const mailer = createMemoryMailer();
  mailer.answerNext({ outcome: "retry", reason: "no answer" }, { accepted: true });
  expect((await mailer.send(mail)).outcome).toBe("retry");
  expect(await mailer.findSent("a1")).toBe("memory-a1");
});

it("rejects what no driver would send", async () => {
  const mailer = createMemoryMailer();
  expect((await mailer.send({ ...mail, to: "a@x.example,b@x.example" })).outcome).toBe("rejected");
  expect(mailer.sent).toEqual([]);
});
