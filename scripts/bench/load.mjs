// One burst of load in a process of its own: takes a job as JSON on standard input, prints what autocannon measured.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import autocannon from "autocannon";

/**
 * `targets`: the requests, taken in turn over all connections. `uploadFile` replaces the body of each by this file, and each then has a
 * key of its own.
 * @typedef {{ method: "GET" | "PATCH" | "POST"; path: string; body?: string }} Target
 * @typedef {{
 *   url: string;
 *   connections: number;
 *   seconds: number;
 *   warmUpSeconds: number;
 *   headers: Record<string, string>;
 *   targets: Target[];
 *   uploadFile?: string;
 * }} Job
 */

/** @type {Job} */
const job = JSON.parse(readFileSync(0, "utf8"));
const upload = job.uploadFile === undefined ? undefined : readFileSync(job.uploadFile);
let next = 0;

/** @param {{ headers?: object }} request */
function setupRequest(request) {
  const target = job.targets[next++ % job.targets.length];
  if (!upload) return { ...request, ...target };
  return {
    ...request,
    ...target,
    body: upload,
    headers: { ...request.headers, "idempotency-key": randomUUID() },
  };
}

const result = await autocannon({
  url: job.url,
  connections: job.connections,
  duration: job.seconds,
  headers: job.headers,
  requests: [{ setupRequest }],
  ...(job.warmUpSeconds > 0 && { warmup: { connections: job.connections, duration: job.warmUpSeconds } }),
});
console.log(
  JSON.stringify({
    requestsPerSecond: result["2xx"] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.timeouts + result.non2xx,
    sent: next,
  }),
);
