import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OutgoingMail } from "@intake/core/ports/mailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileMailer } from "./file-mailer";

let directory: string;

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "intake-mailbox-")), "mail box");
});

afterEach(async () => {
  await rm(join(directory, ".."), { recursive: true, force: true });
});

function mail(id: string, change: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    id,
    to: "minh@gmail.example",
    from: "Calder & Rowe <intake@calderrowe.example>",
    subject: `Mail ${id}`,
    html: "<p>Hồ sơ 😀</p>",
    text: "Hồ sơ 😀",
    tag: "lead-receipt",
    ...change,
  };
}

describe("the file mailer", () => {
  it("keeps a mail in exactly the mailbox's shape", async () => {
    const mailer = createFileMailer({ directory, now: () => new Date("2026-11-24T09:14:00Z") });
    expect(await mailer.send(mail("a1", { replyTo: "ana@x.example" }))).toEqual({
      outcome: "sent",
      providerMessageId: "a1",
    });
    const stored = {
      id: "a1",
      to: "minh@gmail.example",
      from: "Calder & Rowe <intake@calderrowe.example>",
      replyTo: "ana@x.example",
      subject: "Mail a1",
      html: "<p>Hồ sơ 😀</p>",
      text: "Hồ sơ 😀",
      sentAt: "2026-11-24T09:14:00.000Z",
      tag: "lead-receipt",
    };
    expect(await mailer.list()).toEqual([stored]);
    expect(JSON.parse(await readFile(join(directory, "a1.json"), "utf8"))).toEqual(stored);
  });

  it("lists the newest first, and later ids first within a moment", async () => {
    let at = Date.parse("2026-11-24T09:00:00Z");
    const mailer = createFileMailer({ directory, now: () => new Date(at) });
    await mailer.send(mail("b1"));
    await mailer.send(mail("b2"));
    at += 1000;
    await mailer.send(mail("a1"));
    expect((await mailer.list()).map((entry) => entry.id)).toEqual(["a1", "b2", "b1"]);
    expect((await mailer.list())[0]?.replyTo).toBeNull();
  });

  it("is empty before the first mail", async () => {
    const mailer = createFileMailer({ directory });
    expect(await mailer.list()).toEqual([]);
    expect(await mailer.findSent("a1")).toBeNull();
  });

  it("never holds the same id twice, and keeps the first", async () => {
    const mailer = createFileMailer({ directory });
    await mailer.send(mail("a1", { subject: "first" }));
    expect((await mailer.send(mail("a1", { subject: "second" }))).outcome).toBe("sent");
    expect((await mailer.list()).map((entry) => entry.subject)).toEqual(["first"]);
  });

  it("survives 60 sends at once, half of them the same mail, without a broken or left-over file", async () => {
    const mailers = [createFileMailer({ directory }), createFileMailer({ directory })];
    const sends = Array.from({ length: 60 }, (_, index) =>
      mailers[index % 2]?.send(mail(index < 30 ? "same" : `own-${index}`)),
    );
    expect((await Promise.all(sends)).every((result) => result?.outcome === "sent")).toBe(true);
    expect((await createFileMailer({ directory }).list()).length).toBe(31);
    expect((await readdir(directory)).filter((name) => !name.endsWith(".json"))).toEqual([]);
  });

  it("knows after a restart what it sent", async () => {
    await createFileMailer({ directory }).send(mail("a1"));
    const restarted = createFileMailer({ directory });
    expect(await restarted.findSent("a1")).toBe("a1");
    expect(await restarted.findSent("a2")).toBeNull();
    await restarted.send(mail("a1"));
    expect(await restarted.list()).toHaveLength(1);
  });

  it("clears what a killed process left, but not what another is writing", async () => {
    await createFileMailer({ directory }).send(mail("a1"));
    await writeFile(join(directory, "old.1.tmp"), "{");
    await writeFile(join(directory, "new.2.tmp"), "{");
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(directory, "old.1.tmp"), anHourAgo, anHourAgo);
    await createFileMailer({ directory }).send(mail("a2"));
    expect((await readdir(directory)).sort()).toEqual(["a1.json", "a2.json", "new.2.tmp"]);
  });

  it("shows the rest when one file is damaged", async () => {
    const mailer = createFileMailer({ directory });
    await mailer.send(mail("a1"));
    await writeFile(join(directory, "bad.json"), '{"id": "bad"');
    await writeFile(join(directory, "odd.json"), '{"id": "odd"}');
    expect((await mailer.list()).map((entry) => entry.id)).toEqual(["a1"]);
  });

  it("asks for another try when the disk refuses, and recovers by itself", async () => {
    await writeFile(directory, "a file where the folder should be");
    const mailer = createFileMailer({ directory });
    expect(await mailer.send(mail("a1"))).toMatchObject({ outcome: "retry" });
    await rm(directory);
    expect(await mailer.send(mail("a1"))).toMatchObject({ outcome: "sent" });
  });

  it.each([
    ["two recipients", { to: "a@x.example, b@x.example" }],
    ["a recipient with a line break", { to: "a@x.example\r\nBcc: b@x.example" }],
    ["a display name for a recipient", { to: "Ana <a@x.example>" }],
    ["two reply addresses", { replyTo: "a@x.example;b@x.example" }],
    ["a line break in the subject", { subject: "Hello\r\nBcc: b@x.example" }],
    ["a line break in the sender", { from: "Office\n <a@x.example>" }],
  ])("rejects %s", async (_name, change) => {
    const mailer = createFileMailer({ directory });
    expect(await mailer.send(mail("a1", change))).toMatchObject({ outcome: "rejected" });
    expect(await mailer.list()).toEqual([]);
  });

  it.each(["../evil", "a/b", "", "a\u0000b"])("refuses the id %j as a file name", async (id) => {
    const mailer = createFileMailer({ directory });
    await expect(mailer.send(mail(id))).rejects.toThrow(TypeError);
    await expect(mailer.findSent(id)).rejects.toThrow(TypeError);
  });
});
