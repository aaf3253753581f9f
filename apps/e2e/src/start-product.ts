import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const startSeconds = 120;

/** Starts the built product on a free port and a data folder of its own, which goes when it stops. */
export async function startProduct(
  args: string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ baseUrl: string; dataDirectory: string; stop(): Promise<void> }> {
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const dataDirectory = await mkdtemp(join(tmpdir(), "intake e2e "));
  const main = resolve(import.meta.dirname, "../../api/dist/main.js");
  const product = spawn(process.execPath, [main, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      NODE_ENV: "development",
      PORT: String(port),
      DATA_DIR: dataDirectory,
      PUBLIC_URL: baseUrl,
      OFFICE_TIME_ZONE: "Europe/London",
      RATE_LIMITS: "off",
      LOG_LEVEL: "warn",
      ...environment,
    },
  });
  product.stdout.resume();
  let hasEnded = false;
  product.once("exit", () => {
    hasEnded = true;
  });
  await waitUntilReady(baseUrl, () => hasEnded);
  return {
    baseUrl,
    dataDirectory,
    async stop() {
      const gone = once(product, "exit");
      product.kill("SIGTERM");
      await gone;
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(baseUrl: string, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + startSeconds * 1000;
  while (Date.now() < deadline) {
    if (hasEnded()) throw new Error("The product ended while starting; its message is above.");
    const answer = await fetch(`${baseUrl}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error(`The product was not ready within ${startSeconds} s.`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const address = probe.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await new Promise((done) => probe.close(done));
  return port;
}
