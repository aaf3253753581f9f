import { randomInt, randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { isAlive } from "@intake/db/embedded/postmaster";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countBrokenPromises, type Submission } from "./testing/broken-promises";
import {
  type BuiltServer,
  findFreePort,
  findPostgres,
  startBuiltServer,
  stopBuiltServer,
} from "./testing/built-server";
import { startFakePostmark } from "./testing/fake-postmark";
import { formParts, multipartBody, multipartType, pdfOfSize } from "./testing/multipart";

/** Kills at random moments: the seed is in the test's name, `INTAKE_TEST_SEED` runs the same moments and submissions again. */
const seed = Number(process.env.INTAKE_TEST_SEED ?? randomInt(1_000_000));
const rounds = 5;
const clients = 6;

let dataDirectory: string;
let postmark: Awaited<ReturnType<typeof startFakePostmark>>;
let server: BuiltServer | undefined;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "intake-kill-"));
  postmark = await startFakePostmark();
});
afterAll(async () => {
  server?.kill("SIGKILL");
  const left = await findPostgres(dataDirectory);
  if (left !== null && isAlive(left)) process.kill(left, "SIGQUIT");
  await postmark.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

test(`kill -9 at ${rounds} random moments loses and doubles nothing (INTAKE_TEST_SEED=${seed})`, {
  timeout: 180_000,
}, async () => {
  const random = seededRandom(seed);
  const port = await findFreePort();
  const submissions: Submission[] = [];
  const start = async () => {
    const environment = {
      MAIL: "postmark",
      MAIL_FROM: "intake@calderrowe.example",
      POSTMARK_TOKEN: "x",
      POSTMARK_URL: postmark.url,
      LEAD_NOTIFY: "team@calderrowe.example",
    };
    server = await startBuiltServer({ dataDirectory, port, environment });
    return server;
  };

  for (let round = 0; round < rounds; round += 1) {
    const running = await start();
    const traffic = { isOver: false };
    const answered = countAnswered(submissions);
    const sending = Promise.all(
      Array.from({ length: clients }, () => keepSending(running.baseUrl, { traffic, random, submissions })),
    );
    // Random moments of work, not of warming up: the clock runs from this round's first answer.
    await expect
      .poll(() => countAnswered(submissions), { timeout: 20_000, interval: 5 })
      .toBeGreaterThan(answered);
    await delay(random() * 1_200);
    // Every other time the database is killed with the server.
    const postgres = await findPostgres(dataDirectory);
    running.kill("SIGKILL");
    if (round % 2 === 1 && postgres !== null) process.kill(postgres, "SIGKILL");
    await running.ended;
    traffic.isOver = true;
    await sending;
  }

  const last = await start();
  expect(await readdir(join(dataDirectory, "spool"))).toEqual([]);
  while (submissions.some(({ outcome }) => outcome === null)) {
    await Promise.all(
      submissions
        .filter(({ outcome }) => outcome === null)
        .map((submission) => send(last.baseUrl, submission)),
    );
  }
  const counters = await countBrokenPromises(dataDirectory, submissions);
  const twice = postmark.accepted.length - new Set(postmark.accepted).size;
  await stopBuiltServer(last, dataDirectory);
  expect(counters).toEqual({ LOST: [], GHOST: [], DUPL: [], ORPHANS: [], MISSING: [] });
  expect(postmark.accepted.length).toBeGreaterThan(0);
  expect(twice, "mails sent twice, at most one a kill").toBeLessThanOrEqual(rounds);
});

interface Traffic {
  traffic: { isOver: boolean };
  random: () => number;
  submissions: Submission[];
}

/** One client: retries what it does not know the end of with the same key, as the form does, then sends the next. */
async function keepSending(baseUrl: string, { traffic, random, submissions }: Traffic): Promise<void> {
  while (!traffic.isOver) {
    const unknown = submissions.filter(({ outcome }) => outcome === null);
    const isRetry = unknown.length > 0 && random() < 0.5;
    const submission =
      (isRetry && unknown[Math.floor(random() * unknown.length)]) ||
      newSubmission(random, submissions.length);
    if (!submissions.includes(submission)) submissions.push(submission);
    await send(baseUrl, submission);
  }
}

function countAnswered(submissions: Submission[]): number {
  return submissions.filter(({ outcome }) => outcome !== null).length;
}

function newSubmission(random: () => number, index: number): Submission {
  const isValid = random() < 0.85;
  const email = `person-${index}@${isValid ? "example.org" : "example"}`;
  return {
    key: randomUUID(),
    email,
    isValid,
    bytes: pdfOfSize(1_000 + Math.floor(random() * 400_000)),
    outcome: null,
  };
}

async function send(baseUrl: string, submission: Submission): Promise<void> {
  const { key, email, bytes } = submission;
  try {
    const response = await fetch(`${baseUrl}/api/leads`, {
      method: "POST",
      headers: { "Content-Type": multipartType, "Idempotency-Key": key },
      body: new Uint8Array(multipartBody(formParts({ email }, { value: bytes }))),
    });
    const text = await response.text();
    if (response.ok) submission.outcome = { id: leadReceiptSchema.parse(JSON.parse(text)).id };
    else if (response.status < 500) submission.outcome = { refused: response.status };
  } catch {
    // The connection broke: the client does not know, and asks again with the same key.
    await delay(20);
  }
}

/** Mulberry32: small, and the same on every machine. */
function seededRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
