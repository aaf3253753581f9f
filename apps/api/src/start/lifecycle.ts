import type { Server } from "node:http";
import type { HostLog } from "../log";

/** The whole stop may take this long, in seconds (security rule 14: 25 s); a terminal's Ctrl-C waits for no balancer. */
const maxStopSeconds = 9;

interface Step {
  name: string;
  run(): Promise<unknown>;
}

/**
 * Stops in order on SIGTERM or SIGINT, once; whatever hangs, the process ends. A second signal ends it at once.
 * `balancerSeconds` is how long to keep serving after readiness turned red.
 */
export function stopOnSignals(log: HostLog, input: { onStop(): void; balancerSeconds: number; steps: Step[] }): void {
  let isStopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, "stopping");
    input.onStop();
    const timer = setTimeout(() => {
      log.error({}, "stopping took too long");
      process.exit(1);
    }, (maxStopSeconds + input.balancerSeconds) * 1000);
    timer.unref();
    await new Promise((resolve) => setTimeout(resolve, input.balancerSeconds * 1000));
    for (const { name, run } of input.steps) {
      await run().catch((error: unknown) => log.error({ error, step: name }, "a step of stopping failed"));
    }
    log.info({}, "stopped");
    process.exit(0);
  };
  process.on("SIGTERM", (signal) => void stop(signal));
  process.on("SIGINT", (signal) => void stop(signal));
}

/** Lets running requests finish and idle connections go. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
