import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const program = "/usr/bin/caddy";
const settings = resolve(import.meta.dirname, "../../docker/services/Caddyfile");

/** The office's proxy, by its own settings, before instances of this machine. */
export interface OfficeProxy {
  /** Of the authority that signed its certificate, PEM. */
  certificate: string;
  stop(): Promise<void>;
}

interface ProxyInput {
  directory: string;
  port: number;
  /** Where it would send those who come without TLS. */
  plainPort: number;
  instances: number[];
}

export const addressOf = (port: number) => `https://localhost:${port}`;

/** Starts Debian's Caddy, installed when it is missing and that is possible. Throws a sentence when it is not. */
export async function startProxy({
  directory,
  port,
  plainPort,
  instances,
}: ProxyInput): Promise<OfficeProxy> {
  install();
  const upstreams = instances.map((instance) => `127.0.0.1:${instance}`).join(" ");
  const office = await readFile(settings, "utf8");
  const ours = office
    .replace("api-a:3000 api-b:3000", upstreams)
    .replace("admin off", `admin off\n\thttp_port ${plainPort}`);
  if (!ours.includes(upstreams) || !ours.includes("http_port"))
    throw new Error("docker/services/Caddyfile no longer names its instances as this drill expects");
  await mkdir(directory);
  await writeFile(join(directory, "Caddyfile"), ours);
  const caddy = spawn(program, ["run", "--config", join(directory, "Caddyfile"), "--adapter", "caddyfile"], {
    env: { PATH: process.env.PATH, HOME: directory, XDG_DATA_HOME: directory, PUBLIC_URL: addressOf(port) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  caddy.stderr.pipe(createWriteStream(join(directory, "caddy.log")));
  process.once("exit", () => caddy.kill("SIGKILL"));
  const authority = join(directory, "caddy/pki/authorities/local/root.crt");
  for (let tries = 0; !existsSync(authority); tries += 1) {
    if (tries > 200 || caddy.exitCode !== null)
      throw new Error(`Caddy did not start:\n${await readFile(join(directory, "caddy.log"), "utf8")}`);
    await delay(100);
  }
  return {
    certificate: await readFile(authority, "utf8"),
    async stop() {
      if (caddy.exitCode !== null) return;
      const ended = once(caddy, "exit");
      caddy.kill("SIGTERM");
      await ended;
    },
  };
}

function install(): void {
  if (existsSync(program)) return;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    throw new Error("This drill needs Caddy: install the package caddy.");
  execFileSync("/bin/sh", ["-c", "apt-get update && apt-get install -y --no-install-recommends caddy"], {
    stdio: "ignore",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}
