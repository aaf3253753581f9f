import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokenAnswerSchema } from "@intake/core/auth/schema";
import { bulkProgressSchema } from "@intake/core/bulk/schema";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { selectionCountSchema } from "@intake/core/selection/schema";
import { createTestDatabase, type TestDatabase } from "@intake/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type BuiltServer, spawnBuiltServer, startBuiltServer } from "./testing/built-server";
import { formParts, multipartBody, multipartType, pdfOfSize } from "./testing/multipart";
import { readJson } from "./testing/read-answer";

/** Two processes that serve and one that works, of which a person reaches now one, now the other, as behind a balancer. */
let folder: string;
let database: TestDatabase;
let [here, there, worker]: BuiltServer[] = [];
const admin = { email: "ruth@calderrowe.example", password: "seven quiet green herons" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "intake-instances-"));
  database = await createTestDatabase();
  const start = (role: string, more: Record<string, string> = {}) =>
    startBuiltServer({
      ...{ args: [role], dataDirectory: join(folder, "data") },
      environment: { DATABASE_URL: database.connectionString, RATE_LIMITS: "on", ...more },
    });
  const migrating = await spawnBuiltServer({
    ...{ args: ["migrate"], dataDirectory: join(folder, "data") },
    environment: { DATABASE_URL: database.connectionString },
  });
  expect(await migrating.ended, migrating.output()).toBe(0);
  [here, there, worker] = await Promise.all([
    start("api", { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password }),
    start("api"),
    start("worker"),
  ]);
}, 90_000);
afterAll(async () => {
  const all = [here, there, worker].flatMap((server) => server ?? []);
  for (const server of all) server.kill("SIGKILL");
  await Promise.all(all.map(({ ended }) => ended));
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

interface Call {
  token?: string | undefined;
  body?: unknown;
  method?: string;
}

function call(server: BuiltServer | undefined, path: string, { token, body, method }: Call = {}) {
  return fetch(`${server?.baseUrl}${path}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const signIn = async (server: BuiltServer | undefined) =>
  readJson(
    await call(server, "/api/auth/login", { body: { ...admin, tokenDelivery: "body" } }),
    tokenAnswerSchema,
  );

async function submit(server: BuiltServer | undefined, bytes = pdfOfSize(2_000), key: string = randomUUID()) {
  return fetch(`${server?.baseUrl}/api/leads`, {
    method: "POST",
    headers: { "Content-Type": multipartType, "Idempotency-Key": key },
    body: new Uint8Array(multipartBody(formParts({}, { value: bytes }))),
  });
}

/** The data of a procedure's answer. */
async function procedure<Data>(answer: Promise<Response>, shape: z.ZodType<Data>): Promise<Data> {
  const { result } = await readJson(await answer, z.object({ result: z.object({ data: z.unknown() }) }));
  return shape.parse(result.data);
}

test("who signed in at one is known at the other, renews there, and is gone everywhere at once", async () => {
  const { accessToken, refreshToken } = await signIn(here);
  expect((await call(there, "/api/leads", { token: accessToken })).status).toBe(200);
  const renew = async (server: BuiltServer | undefined) =>
    readJson(await call(server, "/api/auth/refresh", { body: { refreshToken } }), tokenAnswerSchema);
  const renewed = await renew(there);
  // Two tabs may ask with the same one: both get the same new one, wherever they ask.
  expect((await renew(here)).refreshToken).toBe(renewed.refreshToken);
  const { accessToken: token } = renewed;
  expect((await call(here, "/api/auth/logout", { token, method: "POST" })).status).toBe(204);
  expect((await call(there, "/api/leads", { token })).status).toBe(401);
});

test("tries of one account count together", async () => {
  const body = { email: "nobody@calderrowe.example", password: "wrong" };
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => call(n % 2 === 0 ? here : there, "/api/auth/login", { body })),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
});

test("one submission sent to both at once is one lead, whose file each of them has", async () => {
  const { accessToken: token } = await signIn(there);
  const bytes = pdfOfSize(300_000);
  const key = randomUUID();
  const answers = await Promise.all([here, there, here, there].map((server) => submit(server, bytes, key)));
  // Whoever comes while the first is being written is told so, or gets what it got.
  for (const { status } of answers) expect([200, 201, 409]).toContain(status);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const again = await Promise.all([here, there].map((server) => submit(server, bytes, key)));
  expect(again.map(({ status }) => status)).toEqual([200, 200]);
  const [first, second] = await Promise.all(again.map((answer) => readJson(answer, leadReceiptSchema)));
  expect(first?.id).toBe(second?.id);
  expect(await database.prisma.lead.count()).toBe(1);
  for (const server of [here, there]) {
    const file = await call(server, `/api/leads/${first?.id}/resume`, { token });
    expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
  }
});

test("a change made at one is heard at the other, and work begun at one is followed and taken back at the other", async () => {
  const { accessToken: token } = await signIn(here);
  const { id } = await readJson(await submit(here), leadReceiptSchema);
  const leaving = new AbortController();
  const stream = await fetch(`${there?.baseUrl}/trpc/live.changes`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: leaving.signal,
  });
  let said = "";
  const listening = (async () => {
    for await (const text of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) said += text;
  })().catch(() => undefined);
  await expect.poll(() => said).toContain("event: connected");

  const selection = { kind: "ids", ids: [id] };
  const confirmed = await procedure(
    call(here, "/trpc/bulk.count", { token, body: selection }),
    selectionCountSchema,
  );
  const change = { kind: "STATUS", status: "REACHED_OUT" };
  const begun = await procedure(
    call(here, "/trpc/bulk.start", { token, body: { selection, change, confirmed } }),
    bulkProgressSchema,
  );
  const followed = async (bulkId: string) => {
    const input = encodeURIComponent(JSON.stringify({ bulkId }));
    return procedure(call(there, `/trpc/bulk.progress?input=${input}`, { token }), bulkProgressSchema);
  };
  await expect.poll(async () => (await followed(begun.id)).state, { timeout: 15_000 }).toBe("DONE");
  await expect.poll(() => said, { timeout: 2_000 }).toContain(id);

  const undo = await procedure(
    call(there, "/trpc/bulk.undo", { token, body: { bulkId: begun.id } }),
    bulkProgressSchema,
  );
  await expect.poll(async () => (await followed(undo.id)).state, { timeout: 15_000 }).toBe("DONE");
  const lead = await readJson(
    await call(here, `/api/leads/${id}`, { token }),
    z.looseObject({ status: z.string() }),
  );
  expect(lead.status).toBe("PENDING");
  leaving.abort();
  await listening;
}, 60_000);

test("submissions of one address count together", async () => {
  await database.prisma.rateLimit.deleteMany();
  const statuses: number[] = [];
  // In turns of a few, since one network may have only so many under way at once.
  for (let turn = 0; turn < 8; turn += 1) {
    const answers = await Promise.all(
      [here, there, here, there, here, there, here, there].map((server) =>
        fetch(`${server?.baseUrl}/api/leads`, {
          method: "POST",
          headers: { "Content-Type": multipartType },
          body: new Uint8Array(multipartBody([])),
        }),
      ),
    );
    statuses.push(...answers.map(({ status }) => status));
  }
  // Sixty in a minute: each instance alone would have let its 32 through.
  expect(statuses.filter((status) => status === 422)).toHaveLength(60);
  expect(statuses.filter((status) => status === 429)).toHaveLength(4);
});
