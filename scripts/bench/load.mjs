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

/** @param {import("autocannon").Request} request */
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

// autocannon's own warm-up opens all connections anew before it measures: that would measure how they are accepted under load. Here
// the same connections go on, and what they do in the first seconds is left out.
/** @type {number[]} */
const latencies = [];
let refused = 0;
const startedAt = performance.now();
const options = {
  url: job.url,
  connections: job.connections,
  duration: job.warmUpSeconds + job.seconds,
  headers: job.headers,
  requests: [{ setupRequest }],
};
const run = autocannon(options, report);
run.on("response", (...[_client, status, _bytes, milliseconds]) => {
  if (status < 200 || status > 299) refused += 1;
  else if (performance.now() - startedAt > job.warmUpSeconds * 1000) latencies.push(milliseconds);
});

/** @param {Error | null} error @param {import("autocannon").Result} result */
function report(error, { errors }) {
  if (error) throw error;
  latencies.sort((left, right) => left - right);
  console.log(
    JSON.stringify({
      requestsPerSecond: latencies.length / job.seconds,
      p50: latencies[Math.floor(latencies.length * 0.5)],
      p99: latencies[Math.floor(latencies.length * 0.99)],
      errors: errors + refused,
      sent: next,
    }),
  );
}
