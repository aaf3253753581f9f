import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { cpuSecondsOf, type ServerProcess } from "./processes";
import type { Scenario } from "./scenarios";

/** What one burst of load measured; latencies in milliseconds. */
export interface Burst {
  requestsPerSecond: number;
  p50: number;
  p99: number;
  errors: number;
  /** Processor time of the server for one request, in milliseconds. */
  cpuMs: number;
}

export interface BurstInput {
  server: Pick<ServerProcess, "url" | "pid">;
  accessToken: string;
  scenario: Scenario;
  /** Counts the bursts of this scenario against this server. */
  burst: number;
  connections: number;
  seconds: number;
  warmUpSeconds: number;
}

/** Loads a server from another process and resolves to what it saw. */
export async function runBurst(input: BurstInput): Promise<Burst> {
  const { scenario, server, connections, seconds, warmUpSeconds } = input;
  const job = {
    ...{ url: server.url, connections, seconds, warmUpSeconds },
    headers: { authorization: `Bearer ${input.accessToken}`, ...scenario.headers },
    targets: scenario.targets(input.burst),
    uploadFile: scenario.uploadFile,
  };
  const cpuBefore = await cpuSecondsOf(server.pid);
  const child = spawn(process.execPath, [join(import.meta.dirname, "load.mjs")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(job));
  const [output] = await Promise.all([text(child.stdout), once(child, "exit")]);
  const cpuSeconds = (await cpuSecondsOf(server.pid)) - cpuBefore;
  const { sent, ...burst }: Omit<Burst, "cpuMs"> & { sent: number } = JSON.parse(output);
  return { ...burst, cpuMs: (cpuSeconds * 1000) / sent };
}
