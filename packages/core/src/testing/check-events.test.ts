import { type AppTestDatabase, createAppTestDatabase } from "@intake/db/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordEvent } from "../audit/record-event";
import { checkEvents } from "./check-events";
import { createUser } from "./create-user";

const now = () => new Date("2026-03-02T09:30:00.000Z");
let db: AppTestDatabase;
beforeEach(async () => {
  db = await createAppTestDatabase();
  await createUser({ db, now }, "ADMIN", { email: "ana@calderrowe.example" });
});
afterEach(() => db.drop());

const write = (
  data: Record<string, string>,
  { type = "auth.sign_in_failed", source = "203.0.113.0/24" } = {},
) => recordEvent({ db, now, source, requestId: null, actor: { type: "prospect" } }, { type, data });

test("ids and enums are fine", async () => {
  await write({ method: "PASSKEY" });
  await checkEvents(db);
});

test("a fact that is not listed for its type is not", async () => {
  await write({ email: "x" });
  await write({ method: "x" }, { type: "lead.submitted" });
  await expect(checkEvents(db)).rejects.toThrow(/sign_in_failed says "email".*\n.*submitted says "method"/);
});

test.each([
  ["an address in a listed fact", () => write({ method: "by ANA@calderrowe.example" })],
  ["a name where a network belongs", () => write({}, { source: "Ana Sørensen" })],
])("%s is not", async (_case, writeIt) => {
  await writeIt();
  await expect(checkEvents(db)).rejects.toThrow("sign_in_failed repeats a name");
});
