import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:https";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { type StaffSession, signIn } from "../bench/staff-session";
import { type Follower, startFollowing } from "./live-follower";

/** A lead that the office has acknowledged. */
interface Acknowledged {
  id: string;
  sha256: string;
  /** When its answer came, in milliseconds. */
  at: number;
}

/** People at the form and at work, none of whom asks twice. */
export interface RollingLoad {
  acknowledged: Acknowledged[];
  /** Every request that was not answered as it should be, in words. */
  failures: string[];
  /** Requests of each kind. */
  counts: Map<string, number>;
  /** The longest that anybody waited for an answer of each kind, in seconds. */
  longest: Map<string, number>;
  follower: Follower;
  /** How long the largest resume takes over a slow line. */
  slowLine: { seconds: number };
  /** Resolves when no request is under way any more. */
  stop(): Promise<void>;
}

interface LoadInput {
  url: string;
  certificate: string;
  credentials: { email: string; password: string };
}

interface Call {
  method?: string;
  headers?: Record<string, string | number>;
  body?: Buffer;
  /** How long the body takes on its way, in seconds. */
  seconds?: number;
}

/** Most a resume may have: 5 MiB. */
const largestBytes = 5 * 1024 ** 2;

export function startRollingLoad({ url, certificate, credentials }: LoadInput): RollingLoad {
  const begun = Date.now();
  const acknowledged: Acknowledged[] = [];
  const failures: string[] = [];
  const counts = new Map<string, number>();
  const longest = new Map<string, number>();
  const slowLine = { seconds: 6 };
  const agent = new Agent({ keepAlive: true, ca: certificate });
  let isOver = false;

  const noteFailure = (what: string) => (words: unknown) => {
    failures.push(`second ${((Date.now() - begun) / 1000).toFixed(1)}: ${what}: ${words}`);
    return null;
  };

  /** Null when it failed. */
  async function expectOk(what: string, path: string, call: Call = {}): Promise<string | null> {
    const from = performance.now();
    counts.set(what, (counts.get(what) ?? 0) + 1);
    const failed = noteFailure(what);
    const { status, body } = await send(new URL(path, url), agent, call).catch((error: Error) => ({
      ...{ status: 0, body: error.message },
    }));
    longest.set(what, Math.max(longest.get(what) ?? 0, (performance.now() - from) / 1000));
    return status >= 200 && status < 300 ? body : failed(`${status} ${body.slice(0, 200)}`);
  }

  async function keepSubmitting(what: string, bytes: number, line?: { seconds: number }): Promise<void> {
    while (!isOver) {
      const resume = pdfOf(bytes);
      const { headers, body } = formOf(resume);
      const call = { method: "POST", headers, body, ...line };
      const answer = await expectOk(what, "/api/leads", call);
      const sha256 = createHash("sha256").update(resume).digest("hex");
      if (answer !== null) acknowledged.push({ id: idOf(answer), sha256, at: Date.now() });
      await delay(400);
    }
  }

  async function keepWorking(): Promise<void> {
    let session: StaffSession | null = null;
    while (!isOver) {
      session ??= await signIn(url, credentials).catch(noteFailure("sign-in"));
      const token: string | null = (await session?.accessToken().catch(noteFailure("renewal"))) ?? null;
      if (token === null) continue;
      const Authorization = `Bearer ${token}`;
      const list = await expectOk("list", "/api/leads?limit=25", { headers: { Authorization } });
      const id = /"id":"([0-9a-f-]{36})"/.exec(list ?? "")?.[1];
      if (id) await expectOk("lead", `/api/leads/${id}`, { headers: { Authorization } });
      const mine = acknowledged.at(-1);
      const body = Buffer.from(JSON.stringify({ status: "REACHED_OUT" }));
      const headers = { Authorization, "Content-Type": "application/json", "Content-Length": body.length };
      if (mine) await expectOk("status", `/api/leads/${mine.id}`, { method: "PATCH", headers, body });
      await delay(50);
    }
  }

  async function keepReading(): Promise<void> {
    while (!isOver) {
      await expectOk("page", "/");
      await delay(50);
    }
  }

  const follower = startFollowing(url, credentials);
  const people = [
    ...[keepSubmitting("form", 200_000), keepSubmitting("form", 20_000)],
    ...[
      keepSubmitting("5 MB", largestBytes),
      keepSubmitting("5 MB over a slow line", largestBytes, slowLine),
    ],
    ...[keepWorking(), keepWorking(), keepReading()],
  ];
  return {
    ...{ acknowledged, failures, counts, longest, follower, slowLine },
    async stop() {
      isOver = true;
      await Promise.all(people);
      await delay(2_000);
      await follower.stop();
      agent.destroy();
    },
  };
}

async function send(url: URL, agent: Agent, { method = "GET", headers, body, seconds }: Call) {
  // The form takes so many a minute from one address: each comes from another.
  const isForm = method === "POST";
  const source = isForm
    ? { agent: false as const, ca: agent.options.ca, localAddress: anyAddress() }
    : { agent };
  // Only an IPv4 address can be chosen.
  const call = request(url, { method, headers, ...source, family: 4 });
  const answered = once(call, "response");
  // A body that is cut breaks more than once: the first tells it all.
  call.on("error", () => undefined);
  if (body && seconds) {
    const pieces = 50;
    for (let piece = 0; piece < pieces; piece += 1) {
      call.write(body.subarray((piece * body.length) / pieces, ((piece + 1) * body.length) / pieces));
      await Promise.race([delay((seconds * 1000) / pieces), answered]);
    }
    call.end();
  } else call.end(body);
  const [response] = await answered;
  return { status: Number(response.statusCode), body: await text(response) };
}

function anyAddress(): string {
  const part = () => 1 + Math.floor(Math.random() * 250);
  return `127.${part()}.${part()}.${part()}`;
}

/** A PDF of this size, of its own. */
function pdfOf(bytes: number): Buffer {
  const head = Buffer.from(`%PDF-1.7\n%${randomUUID()}\n`);
  const tail = Buffer.from(
    "\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n",
  );
  return Buffer.concat([head, Buffer.alloc(bytes - head.length - tail.length, "x"), tail]);
}

function formOf(resume: Buffer): { headers: Record<string, string | number>; body: Buffer } {
  const boundary = randomUUID();
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const fields =
    field("firstName", "Drill") + field("lastName", "Visitor") + field("email", `${boundary}@mail.example`);
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="resume"; filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(fields + file), resume, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const type = `multipart/form-data; boundary=${boundary}`;
  return {
    headers: { "Content-Type": type, "Content-Length": body.length, Accept: "application/json" },
    body,
  };
}

function idOf(answer: string): string {
  return String(Object(JSON.parse(answer)).id);
}
