import type { Server } from "node:http";
import type { HostLog } from "../log";

interface Patience {
  /** How long to keep serving after readiness turned red, in seconds. */
  balancerSeconds: number;
  /** How long all steps of stopping may take after that, in seconds; together at most 25 (security rule 14). */
  stopSeconds: number;
}

export interface Lifecycle {
  /** Adds a step of stopping. What was opened last is closed first. */
  atStop(name: string, run: () => Promise<unknown>): void;
  isStopping(): boolean;
  /** Runs every step and ends the process with this exit code. */
  stop(exitCode: number): Promise<void>;
}

/**
 * Stops on SIGTERM or SIGINT, also in the middle of starting, once; whatever hangs, the process ends. A second signal ends it at once.
 */
export function stopOnSignals(log: HostLog, { balancerSeconds, stopSeconds }: Patience): Lifecycle {
  const steps: { name: string; run: () => Promise<unknown> }[] = [];
  let isStopping = false;

  async function runSteps(): Promise<void> {
    for (const { name, run } of steps) {
      await run().catch((error: unknown) => log.error({ error, step: name }, "a step of stopping failed"));
    }
  }

  async function stop(exitCode: number, waitSeconds = 0): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    const giveUp = () => {
      log.error({}, "stopping took too long");
      process.exit(1);
    };
    setTimeout(giveUp, (stopSeconds + waitSeconds) * 1000).unref();
    if (waitSeconds > 0) await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1000));
    await runSteps();
    if (exitCode === 0) log.info({}, "stopped");
    process.exit(exitCode);
  }

  function stopOnSignal(signal: NodeJS.Signals): void {
    if (isStopping) process.exit(1);
    log.info({ signal }, "stopping");
    void stop(0, balancerSeconds);
  }

  process.on("SIGTERM", stopOnSignal).on("SIGINT", stopOnSignal);
  // The launcher holds a channel to us, which closes when it dies, however it dies: nothing may be left running without it.
  process.once("disconnect", () => {
    log.info({}, "the launcher has ended, stopping");
    void stop(0);
  });
  process.on("unhandledRejection", (error) => log.error({ error }, "unhandled rejection"));
  process.on("uncaughtException", (error) => {
    // The state of the process is unknown now: finish what runs, then let whoever supervises start a new one.
    log.fatal({ error }, "uncaught exception, stopping");
    void stop(1);
  });
  return {
    atStop: (name, run) => void steps.unshift({ name, run }),
    isStopping: () => isStopping,
    stop,
  };
}

/** How long running requests may take to finish where nobody says otherwise, in seconds. */
const usualDrainSeconds = 4;

/** Lets running requests finish, for so many seconds, and idle connections go. */
export function closeServer(server: Server, drainSeconds = usualDrainSeconds): Promise<void> {
  return new Promise((resolve) => {
    // A connection that was busy when we began, or had not sent anything, would be kept alive for another minute.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const force = setTimeout(() => server.closeAllConnections(), drainSeconds * 1000);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
