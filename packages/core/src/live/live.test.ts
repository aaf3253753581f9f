import { listenTo } from "@intake/db/listen";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSession } from "../auth/sign-in";
import { signOut } from "../auth/sign-out";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { createLive, liveChannel } from "./create-live";
import { followLive, maxConnections } from "./follow-live";
import { createInbox } from "./inbox";
import type { LiveNews } from "./schema";

const lead = "0190aaaa-0000-7000-8000-000000000001";
let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

/** An instance with a connection of its own, and what it hears. */
async function openInstance() {
  const { db, log } = domain.ctx;
  const hub = createLive({ db, log });
  const heard: LiveNews[] = [];
  hub.listen((news) => heard.push(news));
  const listening = await listenTo({
    ...{ connectionString: domain.connectionString, channel: liveChannel, log },
    ...{ onMessage: hub.receive, onGap: hub.missed },
  });
  return { hub, heard, close: () => hub.stop().then(() => listening.stop()) };
}

async function person() {
  const user = await domain.createUser("ATTORNEY");
  const { refreshToken } = await startSession(domain.ctx, user);
  return domain.asStaff(user, refreshToken.split(".")[0]);
}

test("what one instance tells another hears, gathered, with ids and kinds alone", async () => {
  const here = await openInstance();
  const there = await openInstance();
  here.hub.tell({ leadId: lead, kind: "changed" });
  here.hub.tell({ leadId: lead, kind: "notes" });
  here.hub.tell({ leadId: lead, kind: "changed" });
  const news = {
    changes: [{ leadId: lead, kinds: ["changed", "notes"] }],
    isMany: false,
    upTo: expect.any(Number),
  };
  await expect.poll(() => there.heard).toEqual([news]);
  await expect.poll(() => here.heard).toEqual([news]);
  await here.close();
  await there.close();
});

test("more than fits into one message is told as many", async () => {
  const instance = await openInstance();
  for (let n = 0; n < 500; n += 1)
    instance.hub.tell({ leadId: `0190aaaa-0000-7000-8000-${String(n).padStart(12, "0")}`, kind: "created" });
  await expect.poll(() => instance.heard).toEqual([{ changes: [], isMany: true, upTo: expect.any(Number) }]);
  instance.hub.receive("{not ours");
  expect(instance.heard).toHaveLength(1);
  await instance.close();
});

test("a lost connection listens again, and everybody is asked to look anew", async () => {
  const instance = await openInstance();
  await domain.owner.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'intake-live' AND datname = current_database()",
  );
  await expect
    .poll(() => instance.heard, { timeout: 10_000 })
    .toEqual([{ changes: [], isMany: true, upTo: expect.any(Number) }]);
  instance.hub.tell({ leadId: lead, kind: "mail" });
  await expect.poll(() => instance.heard).toHaveLength(2);
  await instance.close();
});

test("a submission is told after it is there", async () => {
  const { receipt } = await submitLead(domain.ctx, await submission());
  expect(domain.told).toContainEqual({ leadId: receipt.id, kind: "created" });
});

test("following ends when its session ends, and hears nothing after", async () => {
  const ctx = await person();
  const following = followLive(ctx, { signal: new AbortController().signal });
  const first = following.next();
  ctx.live.tell({ leadId: lead, kind: "changed" });
  expect((await first).value).toEqual({ changes: [{ leadId: lead, kinds: ["changed"] }], isMany: false });
  const second = following.next();
  await signOut(ctx);
  await expect(second).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("following keeps no session alive", async () => {
  const ctx = await person();
  const following = followLive(ctx, { signal: new AbortController().signal });
  const next = following.next();
  domain.passSeconds(1_801);
  await expect(next).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("one person has only so many connections, and leaving frees a place", async () => {
  const ctx = await person();
  const leaving = new AbortController();
  const follow = () => followLive(ctx, { signal: leaving.signal }).next();
  const open = Array.from({ length: maxConnections }, follow);
  await expect(follow()).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  leaving.abort();
  expect(await Promise.all(open)).toEqual(open.map(() => ({ done: true, value: undefined })));
  const again = new AbortController();
  const next = followLive(ctx, { signal: again.signal }).next();
  again.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});

test("a slow reader gets one merged piece of news", async () => {
  const inbox = createInbox();
  inbox.add({ changes: [{ leadId: lead, kinds: ["created"] }], isMany: false });
  inbox.add({ changes: [{ leadId: lead, kinds: ["mail"] }], isMany: false });
  expect(await inbox.take()).toEqual({
    changes: [{ leadId: lead, kinds: ["created", "mail"] }],
    isMany: false,
  });
  inbox.add({ changes: [], isMany: true });
  inbox.add({ changes: [{ leadId: lead, kinds: ["mail"] }], isMany: false });
  expect(await inbox.take()).toEqual({ changes: [], isMany: true });
  inbox.close();
  expect(await inbox.take()).toBeNull();
});
