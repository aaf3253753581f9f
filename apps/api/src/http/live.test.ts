import { createAppTestDatabase } from "@intake/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { formParts } from "../testing/multipart";
import { readJson } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let database: Awaited<ReturnType<typeof createAppTestDatabase>>;
let here: TestApp;
let there: TestApp;
beforeAll(async () => {
  database = await createAppTestDatabase({ maxConnections: 10 });
  const shared = { database: { db: database, connectionString: database.connectionString } };
  here = await startTestApp(shared);
  there = await startTestApp(shared);
});
afterAll(async () => {
  await here.close();
  await there.close();
  await database.drop();
});

/** Follows one instance, until `leave`; what it says so far is `said()`. */
async function follow(app: TestApp) {
  const accessToken = await app.signIn("ATTORNEY");
  const leaving = new AbortController();
  const { body } = await app.fetch("/trpc/live.changes", {
    headers: { Authorization: `Bearer ${accessToken}` },
    signal: leaving.signal,
  });
  if (!body) throw new Error("The stream has no body");
  let said = "";
  const read = async () => {
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) said += chunk;
  };
  const following = read();
  const leave = async () => {
    leaving.abort();
    await following.catch(() => undefined);
  };
  return { accessToken, said: () => said, following, leave };
}

test("a lead sent to one instance is heard on the other", async () => {
  const { said, leave } = await follow(there);
  await expect.poll(said).toContain("event: connected");
  const response = await here.submit(formParts());
  expect(response.status).toBe(201);
  const { id } = await readJson(response, z.object({ id: z.string() }));
  // A screen is to know within a second; gathering takes a tenth.
  await expect.poll(said, { timeout: 1_000, interval: 20 }).toContain(`{"leadId":"${id}","kinds":["created"`);
  expect(said()).not.toContain("gmail.com");
  await leave();
});

test("the stream may not be kept, compressed or buffered on the way, and names nobody", async () => {
  const token = await here.signIn("READ_ONLY");
  const leaving = new AbortController();
  const response = await here.fetch("/trpc/live.changes", {
    headers: { Authorization: `Bearer ${token}` },
    signal: leaving.signal,
  });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/event-stream",
    "cache-control": "no-cache, no-transform, no-store",
    "x-accel-buffering": "no",
  });
  leaving.abort();
});

test("a stranger hears nothing but that they must sign in", async () => {
  const text = await (await here.fetch("/trpc/live.changes")).text();
  expect(text).toContain("serialized-error");
  expect(text).toContain("UNAUTHORIZED");
});

test("signing out ends the stream", async () => {
  const { accessToken, following, said } = await follow(here);
  expect((await here.call("POST", "/api/auth/logout", { token: accessToken })).status).toBe(204);
  await following;
  expect(said()).toContain("UNAUTHORIZED");
});

test("a server that stops lets its listeners go", async () => {
  const token = await there.signIn("ATTORNEY");
  const response = await there.fetch("/trpc/live.changes", { headers: { Authorization: `Bearer ${token}` } });
  const text = response.text();
  there.live.letGo();
  expect(await text).toContain("event: return");
});
