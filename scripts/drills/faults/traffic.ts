import { createHash, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { signIn } from "../../bench/staff-session";
import { pick } from "./random";

/** What a client sent, and the last it knows about it. */
export interface Submission {
  key: string;
  /** Of this submission alone. */
  email: string;
  isValid: boolean;
  seed: number;
  sha256: string;
  /** The lead's id once the client has seen it acknowledged, or the status of a definite refusal. */
  outcome: { id: string } | { refused: number } | null;
}

/** What clients saw. */
export interface Traffic {
  submissions: Submission[];
  /** How often each status was answered; "none" where no answer came. */
  answers: Map<string, number>;
  /** Leads whose change of status the server has acknowledged. */
  changed: Set<string>;
  /** When the newest submission was sent that was acknowledged; milliseconds. */
  newestGood: number;
  /** While true, nobody sends anything new. */
  isPaused: boolean;
  /** Ends all clients. */
  stop(): Promise<void>;
}

interface TrafficInput {
  url: string;
  credentials: { email: string; password: string };
  random: () => number;
  clients: number;
}

/** Longer than the product may take for any answer. */
const patienceMilliseconds = 40_000;

export function newTraffic(): Omit<Traffic, "stop"> {
  return { submissions: [], answers: new Map(), changed: new Set(), newestGood: 0, isPaused: false };
}

/** Submits, reads and changes from several clients at once, each of which asks again with the same key what it does not know the end of. */
export function startTraffic(input: TrafficInput): Traffic {
  const seen = newTraffic();
  const state = { isOver: false };
  const clients = Array.from({ length: input.clients }, () => keepSubmitting(input, seen, state));
  const staff = keepWorking(input, seen, state);
  return Object.assign(seen, {
    async stop() {
      state.isOver = true;
      await Promise.all([...clients, staff]);
    },
  });
}

async function keepSubmitting(
  { url, random }: TrafficInput,
  seen: Omit<Traffic, "stop">,
  state: { isOver: boolean },
): Promise<void> {
  while (!state.isOver) {
    const unknown = seen.submissions.filter(({ outcome }) => outcome === null);
    // While nothing is taken, what is open must not grow without end.
    const isRetry = unknown.length > 20 || (unknown.length > 0 && random() < 0.5);
    const submission = isRetry ? pick(random, unknown) : newSubmission(random, seen.submissions.length);
    if (!isRetry) seen.submissions.push(submission);
    await submit(url, submission, seen);
    do await delay(80);
    while (seen.isPaused && !state.isOver);
  }
}

export function newSubmission(random: () => number, index: number): Submission {
  const isValid = random() < 0.9;
  const seed = Math.floor(random() * 1_000_000_000);
  return {
    ...{ key: randomUUID(), email: `person-${index}@${isValid ? "example.org" : "example"}`, isValid, seed },
    ...{ sha256: createHash("sha256").update(resumeOf(seed)).digest("hex"), outcome: null },
  };
}

/** A PDF of its own for each seed: 1 to 20 KB, every twentieth ten times as long. */
function resumeOf(seed: number): Buffer {
  const bytes = (1_000 + (seed % 19_000)) * (seed % 20 === 0 ? 10 : 1);
  const head = Buffer.from(`%PDF-1.7\n%${seed}`);
  const tail = "\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
  return Buffer.concat([head, Buffer.alloc(bytes, String(seed)), Buffer.from(tail)]);
}

/** Sends one and notes what came of it; resolves to whether it was acknowledged now. */
export async function submit(
  url: string,
  submission: Submission,
  seen: Pick<Traffic, "answers" | "newestGood">,
): Promise<boolean> {
  const { key, email, seed } = submission;
  const sentAt = Date.now();
  const body = new FormData();
  for (const [name, value] of Object.entries({ firstName: "Drill", lastName: "Visitor", email }))
    body.set(name, value);
  body.set("resume", new File([new Uint8Array(resumeOf(seed))], "cv.pdf", { type: "application/pdf" }));
  const answer = await ask(`${url}/api/leads`, { method: "POST", headers: { "Idempotency-Key": key }, body });
  count(seen, `POST ${answer?.status ?? "none"}`);
  // 200: an earlier try of the same was taken.
  if (answer?.status === 201 || answer?.status === 200) {
    submission.outcome = { id: String(Object(answer.body).id) };
    seen.newestGood = Math.max(seen.newestGood, sentAt);
    return true;
  }
  // 409: an earlier try of the same is still under way.
  if (answer && answer.status < 500 && answer.status !== 409) submission.outcome = { refused: answer.status };
  return false;
}

/** One of the staff: reads the list, and changes the status of an acknowledged lead. */
async function keepWorking(
  { url, credentials, random }: TrafficInput,
  seen: Omit<Traffic, "stop">,
  state: { isOver: boolean },
): Promise<void> {
  let token: string | null = null;
  while (!state.isOver) {
    do await delay(150);
    while (seen.isPaused && !state.isOver);
    token ??= await signIn(url, credentials).then(
      (session) => session.accessToken(),
      () => null,
    );
    if (token === null) continue;
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const list = await ask(`${url}/api/leads?limit=25`, { headers });
    count(seen, `GET ${list?.status ?? "none"}`);
    if (list?.status === 401) token = null;
    const ids = seen.submissions.flatMap(({ outcome }) => (outcome && "id" in outcome ? outcome.id : []));
    if (list?.status !== 200 || ids.length === 0) continue;
    const id = pick(random, ids);
    const body = JSON.stringify({ status: "REACHED_OUT" });
    const changed = await ask(`${url}/api/leads/${id}`, { method: "PATCH", headers, body });
    count(seen, `PATCH ${changed?.status ?? "none"}`);
    if (changed?.status === 200) seen.changed.add(id);
  }
}

/** Null when no whole answer came. */
async function ask(url: string, init: RequestInit): Promise<{ status: number; body: unknown } | null> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMilliseconds) });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith("{") ? JSON.parse(text) : text };
  } catch {
    return null;
  }
}

function count({ answers }: Pick<Traffic, "answers">, what: string): void {
  answers.set(what, (answers.get(what) ?? 0) + 1);
}
