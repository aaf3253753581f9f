import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { recordEvent } from "./record-event";
import { readAnchor, sealEvents, sealMissedEvents } from "./seal-events";
import { verifyChain } from "./verify-chain";

let domain: TestDomain;
beforeEach(async () => {
  domain = await createTestDomain();
});
afterEach(() => domain.close());

async function writeEvents(count: number): Promise<void> {
  for (let number = 1; number <= count; number++)
    await recordEvent(domain.ctx, { type: "test.happened", data: { number } });
}

/** As somebody who owns the database: no trigger and no grant stops them. */
async function tamper(sql: string): Promise<void> {
  const { prisma } = domain.owner;
  await prisma.$transaction([
    prisma.$executeRawUnsafe("SET LOCAL session_replication_role = replica"),
    prisma.$executeRawUnsafe(sql),
  ]);
}

const eventAt = (position: number) => `(SELECT event_id FROM audit_seals WHERE position = ${position})`;

describe("sealing", () => {
  test("chains every event once, in the order of writing", async () => {
    await writeEvents(3);
    expect(await sealEvents(domain.ctx)).toBe(3);
    await writeEvents(2);
    expect(await sealEvents(domain.ctx)).toBe(2);
    expect(await sealEvents(domain.ctx)).toBe(0);
    const { head, ...report } = await verifyChain(domain.ctx);
    expect(report).toEqual({ checked: 5, problem: null });
    expect(head).toEqual(await readAnchor(domain.ctx));
    expect(head?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("takes more than one batch", async () => {
    await domain.ctx.db.prisma.$executeRaw`INSERT INTO audit_events (id, type, actor_type, created_at)
      SELECT gen_random_uuid(), 'test.happened', 'system', now() FROM generate_series(1, 2001)`;
    expect(await sealEvents(domain.ctx)).toBe(2001);
    expect(await verifyChain(domain.ctx)).toMatchObject({ checked: 2001, problem: null });
    expect(await verifyChain(domain.ctx, { newest: 50 })).toMatchObject({ checked: 50, problem: null });
  });

  test("waits for a transaction that still runs, and never makes it wait", async () => {
    const slow = new pg.Client({ connectionString: domain.connectionString });
    await slow.connect();
    await slow.query("BEGIN");
    await slow.query(
      "INSERT INTO audit_events (id, type, actor_type, created_at) VALUES (gen_random_uuid(), 'slow.one', 'system', now())",
    );
    await writeEvents(1);
    expect(await sealEvents(domain.ctx)).toBe(0);
    await slow.query("COMMIT");
    await slow.end();
    expect(await sealEvents(domain.ctx)).toBe(2);
  });

  test("of several sealers at once one works, and nothing is sealed twice", async () => {
    await writeEvents(5);
    const sealed = await Promise.all([1, 2, 3].map(() => sealEvents(domain.ctx)));
    await sealEvents(domain.ctx);
    expect(sealed.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(await verifyChain(domain.ctx)).toMatchObject({ checked: 5, problem: null });
  });

  test("finds what a restored server wrote below the newest seal", async () => {
    await writeEvents(2);
    await sealEvents(domain.ctx);
    await tamper(
      "INSERT INTO audit_events (id, type, actor_type, created_at, inserted_in) VALUES (gen_random_uuid(), 'test.late', 'system', now(), 3)",
    );
    expect(await sealEvents(domain.ctx)).toBe(0);
    expect(await sealMissedEvents(domain.ctx)).toBe(1);
    await writeEvents(1);
    expect(await sealEvents(domain.ctx)).toBe(1);
    expect(await verifyChain(domain.ctx)).toMatchObject({ checked: 4, problem: null });
  });
});

describe("tampering by the owner of the database is found", () => {
  beforeEach(async () => {
    await writeEvents(5);
    await sealEvents(domain.ctx);
  });

  test.each([
    ["type", "'test.other'"],
    ["actor_type", "'user'"],
    ["actor_id", "'x'"],
    ["lead_id", "gen_random_uuid()"],
    ["user_id", "gen_random_uuid()"],
    ["source", "'198.51.100.0/24'"],
    ["request_id", "'other'"],
    ["data", `'{"number": 9}'`],
    ["created_at", "created_at + interval '1 ms'"],
    ["inserted_in", "inserted_in + 1"],
  ])("a changed %s", async (column, value) => {
    await tamper(`UPDATE audit_events SET ${column} = ${value} WHERE id = ${eventAt(3)}`);
    expect(await verifyChain(domain.ctx)).toMatchObject({
      checked: 2,
      problem: { kind: "changed", position: 3 },
    });
  });

  test("a removed event", async () => {
    await tamper(`DELETE FROM audit_events WHERE id = ${eventAt(2)}`);
    expect((await verifyChain(domain.ctx)).problem).toMatchObject({ kind: "event-missing", position: 2 });
  });

  test("an event removed together with its seal", async () => {
    await tamper(`DELETE FROM audit_events WHERE id = ${eventAt(4)}`);
    await tamper("DELETE FROM audit_seals WHERE position = 4");
    expect((await verifyChain(domain.ctx)).problem).toMatchObject({ kind: "seal-missing", position: 4 });
  });

  test("a removed event whose seal is closed up", async () => {
    await tamper(`DELETE FROM audit_events WHERE id = ${eventAt(4)}`);
    await tamper("DELETE FROM audit_seals WHERE position = 4");
    await tamper("UPDATE audit_seals SET position = 4 WHERE position = 5");
    expect((await verifyChain(domain.ctx)).problem).toMatchObject({ kind: "changed", position: 4 });
  });

  test("two events that changed places", async () => {
    const [second, third] = await domain.ctx.db.prisma.auditSeal.findMany({
      where: { position: { in: [2, 3] } },
      orderBy: { position: "asc" },
    });
    await tamper("UPDATE audit_seals SET event_id = gen_random_uuid() WHERE position = 3");
    await tamper(`UPDATE audit_seals SET event_id = '${third?.eventId}' WHERE position = 2`);
    await tamper(`UPDATE audit_seals SET event_id = '${second?.eventId}' WHERE position = 3`);
    expect((await verifyChain(domain.ctx)).problem).toMatchObject({ kind: "changed", position: 2 });
  });

  test("an inserted event with a seal of its own", async () => {
    await tamper(
      `INSERT INTO audit_events (id, type, actor_type, created_at) VALUES ('00000000-0000-7000-8000-000000000001', 'x.y', 'system', now())`,
    );
    await tamper(
      `INSERT INTO audit_seals VALUES (6, '00000000-0000-7000-8000-000000000001', '${"a".repeat(64)}', now())`,
    );
    expect((await verifyChain(domain.ctx)).problem).toMatchObject({ kind: "changed", position: 6 });
  });

  test("an inserted event without a seal", async () => {
    await tamper(
      "INSERT INTO audit_events (id, type, actor_type, created_at, inserted_in) VALUES (gen_random_uuid(), 'x.y', 'system', '2026-01-01', 3)",
    );
    expect((await verifyChain(domain.ctx)).problem).toMatchObject({ kind: "unsealed", position: null });
  });

  test("a tail cut off, by the seal that was written down outside", async () => {
    const anchor = (await readAnchor(domain.ctx)) ?? undefined;
    if (!anchor) throw new Error("nothing was sealed");
    expect((await verifyChain(domain.ctx, { anchor })).problem).toBeNull();
    await tamper(`DELETE FROM audit_events WHERE id IN (${eventAt(4)}, ${eventAt(5)})`);
    await tamper("DELETE FROM audit_seals WHERE position >= 4");
    expect((await verifyChain(domain.ctx)).problem).toBeNull();
    expect((await verifyChain(domain.ctx, { anchor })).problem).toEqual({
      kind: "cut-off",
      position: 4,
      eventId: null,
    });
    await writeEvents(3);
    await sealEvents(domain.ctx);
    expect((await verifyChain(domain.ctx, { anchor })).problem).toMatchObject({
      kind: "cut-off",
      position: 5,
    });
  });
});

test("an event waits ten minutes for its seal before that is a fault", async () => {
  await writeEvents(1);
  expect((await verifyChain(domain.ctx)).problem).toBeNull();
  domain.passSeconds(601);
  expect((await verifyChain(domain.ctx)).problem).toMatchObject({ kind: "unsealed" });
});
