import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "@intake/db/embedded/postmaster";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import {
  type BuiltServer,
  findFreePort,
  findPostgres,
  spawnBuiltServer,
  startBuiltServer,
  stopBuiltServer,
} from "./testing/built-server";
import { formParts, multipartBody, multipartType, pdfOfSize } from "./testing/multipart";
import { postHead } from "./testing/raw-request";

let root: string;
let dataDirectory: string;
let server: BuiltServer;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "intake start "));
  dataDirectory = join(root, "data");
  server = await startBuiltServer({
    dataDirectory,
    environment: { ADMIN_EMAIL: "ruth@calderrowe.example", ADMIN_PASSWORD: "three wise old herons" },
  });
});
afterAll(async () => {
  server.kill("SIGKILL");
  const postgres = await findPostgres(dataDirectory);
  if (postgres !== null && isAlive(postgres)) process.kill(postgres, "SIGQUIT");
  await rm(root, { recursive: true, force: true });
});

test("says where everything is, and serves it", async () => {
  await expect.poll(() => server.output()).toContain("Mailbox");
  expect(server.output()).toContain(`Form       ${server.baseUrl}/`);
  expect(server.output()).toContain(`Dashboard  ${server.baseUrl}/app/leads`);
  expect(server.output()).not.toContain("Set-up");
  expect(server.output()).not.toContain("herons");
  for (const path of ["/", "/app/leads", "/api/docs", "/dev/mailbox", "/metrics"]) {
    expect((await fetch(server.baseUrl + path)).status, path).toBe(200);
  }
});

test("the admin of the environment can sign in", async () => {
  const response = await fetch(`${server.baseUrl}/api/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "ruth@calderrowe.example", password: "three wise old herons" }),
  });
  expect(await response.json()).toMatchObject({ user: { role: "ADMIN" } });
});

test("keeps its secrets to itself", async () => {
  for (const name of ["auth-secret", "postgres/password"]) {
    expect((await stat(join(dataDirectory, name))).mode & 0o777, name).toBe(0o600);
    expect(server.output()).not.toContain((await readFile(join(dataDirectory, name), "utf8")).trim());
  }
  expect((await stat(dataDirectory)).mode & 0o777).toBe(0o700);
});

test("a second one on the same folder says so and ends, whatever its port", async () => {
  const second = await spawnBuiltServer({ dataDirectory });
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(
    /^\nIntake is running on .* already\. Stop it first, or start this one with another PORT and DATA_DIR\.\n\n$/,
  );
  expect((await fetch(`${server.baseUrl}/readyz`)).status).toBe(200);
});

test("a taken port is named, with the way out, and nothing is started", async () => {
  const other = createServer().listen(0);
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const directory = join(root, "taken");
  const second = await spawnBuiltServer({ dataDirectory: directory, port });
  expect(await second.ended).toBe(1);
  expect(second.output()).toBe(
    `\nPort ${port} is taken by another program. Stop that one, or choose another: PORT=${port + 1} npm start\n\n`,
  );
  expect(await findPostgres(directory)).toBeNull();
  other.close();
});

test("a database that is not there is one sentence without its password", async () => {
  const password = "wise-herons";
  const environment = { DATABASE_URL: `postgres://intake:${password}@127.0.0.1:1/intake` };
  const sentence = "No database answers at 127.0.0.1:1 (ECONNREFUSED). Start it, or correct DATABASE_URL.";
  const second = await spawnBuiltServer({ dataDirectory: join(root, "no-database"), environment });
  expect(await second.ended).toBe(1);
  expect(second.output()).toBe(`\n${sentence}\n\n`);
  const command = await spawnBuiltServer({
    ...{ dataDirectory: join(root, "no-database"), environment, args: ["storage:check"] },
  });
  expect(await command.ended).toBe(2);
  expect(command.output()).toBe(`${sentence}\n`);
});

test("a storage that refuses is told once, and readiness stays red", async () => {
  const refusing = createServer((_request, response) => response.writeHead(403).end()).listen(0);
  await once(refusing, "listening");
  const address = refusing.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const second = await spawnBuiltServer({
    dataDirectory: join(root, "refusing"),
    environment: {
      ...{ STORAGE: "s3", S3_BUCKET: "resumes", S3_ENDPOINT: `http://127.0.0.1:${port}` },
      ...{ S3_ACCESS_KEY_ID: "revoked", S3_SECRET_ACCESS_KEY: "wise-herons", S3_PATH_STYLE: "on" },
    },
  });
  await expect.poll(second.output, { timeout: 60_000 }).toContain("the file storage takes no files");
  expect(second.output()).toMatch(
    /"event":"storage_away","reason":"The file storage did not answer: .* 403"/,
  );
  await expect.poll(second.output, { timeout: 60_000 }).toContain("Set-up");
  const readiness = await fetch(`${second.baseUrl}/readyz`);
  expect(readiness.status).toBe(503);
  expect(await readiness.json()).toMatchObject({ checks: { database: "ok", storage: "away" } });
  expect(second.output()).not.toContain("wise-herons");
  await stopBuiltServer(second, join(root, "refusing"));
  refusing.close();
});

test("settings that are wrong are all named at once", async () => {
  const environment = { NODE_ENV: "production", MAIL: "pigeon", PUBLIC_URL: "ftp://x", PORT: "http" };
  const second = await spawnBuiltServer({ dataDirectory: join(root, "wrong"), environment });
  expect(await second.ended).toBe(1);
  for (const name of ["MAIL", "PUBLIC_URL", "PORT"]) expect(second.output()).toContain(`  - ${name} `);
  expect(second.output()).not.toMatch(/\bat .*:\d+/);
});

test("SIGTERM in the middle of starting leaves nothing running", async () => {
  const directory = join(root, "early");
  const second = await spawnBuiltServer({ dataDirectory: directory });
  await expect.poll(() => findPostgres(directory), { timeout: 30_000, interval: 20 }).not.toBeNull();
  const postgres = (await findPostgres(directory)) ?? -1;
  second.kill("SIGTERM");
  expect(await second.ended, second.output()).toBe(0);
  expect(isAlive(postgres)).toBe(false);
});

test("a start that fails late leaves nothing running", async () => {
  const directory = join(root, "late");
  // What is to be a file is a folder.
  await mkdir(join(directory, "auth-secret"), { recursive: true });
  const second = await spawnBuiltServer({ dataDirectory: directory });
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(/embedded database ready.*Intake could not start: .*EISDIR/s);
  expect(await findPostgres(directory)).toBeNull();
});

test("a database that ends by itself ends the whole with a word about it, and the next start has everything", async () => {
  const own = { dataDirectory: join(root, "lost-database") };
  const first = await startBuiltServer(own);
  const body = multipartBody(formParts());
  const headers = { "Content-Type": multipartType };
  const sent = await fetch(`${first.baseUrl}/api/leads`, {
    method: "POST",
    headers,
    body: new Uint8Array(body),
  });
  expect(sent.status).toBe(201);
  const postgres = await findPostgres(own.dataDirectory);
  process.kill(postgres ?? -1, "SIGKILL");
  expect(await first.ended).toBe(1);
  expect(first.output()).toContain("The database ended, so Intake ends as well.");

  const second = await startBuiltServer(own);
  const { receiptUrl } = (await sent.json()) as { receiptUrl: string };
  expect((await fetch(second.baseUrl + new URL(receiptUrl).pathname)).status).toBe(200);
  await stopBuiltServer(second, own.dataDirectory);
});

test("with its output on a full disk it serves and stops as ever", async () => {
  const full = openSync("/dev/full", "w");
  onTestFinished(() => closeSync(full));
  const own = { dataDirectory: join(root, "full-log") };
  const server = await startBuiltServer({ ...own, stdout: full, environment: { LOG_LEVEL: "debug" } });
  const body = new Uint8Array(multipartBody(formParts()));
  const headers = { "Content-Type": multipartType };
  const sent = await fetch(`${server.baseUrl}/api/leads`, { method: "POST", headers, body });
  expect(sent.status).toBe(201);
  expect(await (await fetch(`${server.baseUrl}/metrics`)).text()).toContain(
    "intake_log_lines_dropped_total 0",
  );
  await stopBuiltServer(server, own.dataDirectory);
  expect(server.output()).toBe("");
});

test("SIGTERM finishes the request that is running, then ends everything within 10 s", async () => {
  const postgres = (await findPostgres(dataDirectory)) ?? -1;
  expect(isAlive(postgres)).toBe(true);
  // Large enough for a file of the spool, whose appearance tells that the request is under way.
  const body = multipartBody(formParts({}, { value: pdfOfSize(400 * 1024) }));
  const socket = connect(server.port, "localhost");
  let answer = "";
  socket.on("data", (chunk: Buffer) => {
    answer += chunk.toString();
  });
  await once(socket, "connect");
  const head = postHead({
    "Content-Type": multipartType,
    "Content-Length": body.length,
    Connection: "keep-alive",
  });
  socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, -2_000)]));
  // A browser opens a connection ahead of need; it must not hold anything up.
  const silent = connect(server.port, "localhost");
  await once(silent, "connect");
  await expect.poll(() => readdir(join(dataDirectory, "spool"))).toHaveLength(1);

  const startedAt = Date.now();
  server.kill("SIGTERM");
  await expect
    .poll(() =>
      fetch(`${server.baseUrl}/livez`).then(
        () => "up",
        () => "refused",
      ),
    )
    .toBe("refused");
  socket.write(body.subarray(-2_000));
  expect(await server.ended, server.output()).toBe(0);
  expect(answer).toMatch(/^HTTP\/1\.1 201 /);
  expect((Date.now() - startedAt) / 1000).toBeLessThan(10);
  expect(isAlive(postgres)).toBe(false);
});

test("a second start finds everything again, without the admin's password in its environment", async () => {
  server = await startBuiltServer({ dataDirectory, port: await findFreePort() });
  await expect.poll(() => server.output()).toContain("Mailbox");
  const response = await fetch(`${server.baseUrl}/api/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "ruth@calderrowe.example", password: "three wise old herons" }),
  });
  expect(response.status).toBe(200);
  await stopBuiltServer(server, dataDirectory);
});
