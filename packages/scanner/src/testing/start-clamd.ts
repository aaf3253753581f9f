import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const program = "/usr/sbin/clamd";

/** The EICAR test file, in parts: whole, it would make scanners lock our own source. */
export const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS", "-TEST-FILE!$H+H*"].join(
  "",
);

/** Whether tests can have a real clamd: the machine's, or Debian's, installed now where we may. */
export function hasClamd(): boolean {
  if (!existsSync(program) && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const install = `test -x ${program} || { apt-get update && apt-get install -y --no-install-recommends clamav-daemon; }`;
    try {
      const lock = join(tmpdir(), "intake-clamav.lock");
      execFileSync("/usr/bin/flock", [lock, "sh", "-c", install], { timeout: 240_000, stdio: "ignore" });
    } catch {
      // Said below: without clamd these tests do not run.
    }
  }
  const isHere = existsSync(program);
  if (!isHere) process.stderr.write("No clamd here: the tests against the real scanner are SKIPPED.\n");
  return isHere;
}

/** A real clamd that knows one signature, on a TCP port and a unix socket of its own. */
export async function startClamd() {
  const folder = await mkdtemp(join(tmpdir(), "intake-clamd-"));
  const port = await findFreePort();
  const signature = `Intake.Test.Eicar:0:*:${Buffer.from(eicar, "latin1").toString("hex")}\n`;
  await writeFile(join(folder, "test.ndb"), signature);
  const settings = {
    Foreground: "yes",
    DatabaseDirectory: folder,
    TemporaryDirectory: folder,
    TCPAddr: "127.0.0.1",
    TCPSocket: port,
    LocalSocket: join(folder, "clamd.sock"),
    StreamMaxLength: "6M",
    AlertExceedsMax: "yes",
    AlertEncrypted: "yes",
    AlertOLE2Macros: "yes",
    MaxFiles: 1000,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  await writeFile(join(folder, "clamd.conf"), lines.join(""));
  let clamd = run();

  function run() {
    const started = spawn(program, ["--config-file", join(folder, "clamd.conf")], { stdio: "ignore" });
    process.once("exit", () => started.kill("SIGKILL"));
    return started;
  }
  async function untilItListens(): Promise<void> {
    for (let tries = 0; !existsSync(settings.LocalSocket); tries += 1) {
      if (tries > 200 || clamd.exitCode !== null) throw new Error("clamd did not start");
      await delay(50);
    }
  }
  async function end(): Promise<void> {
    if (clamd.exitCode !== null || clamd.signalCode !== null) return;
    const gone = new Promise((resolve) => clamd.once("exit", resolve));
    clamd.kill("SIGKILL");
    await gone;
    await rm(settings.LocalSocket, { force: true });
  }
  await untilItListens();
  return {
    tcp: `tcp://127.0.0.1:${port}`,
    unix: `unix:${settings.LocalSocket}`,
    signal: (signal: NodeJS.Signals) => clamd.kill(signal),
    end,
    async startAgain() {
      await end();
      clamd = run();
      await untilItListens();
    },
    async close() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port");
  return address.port;
}
