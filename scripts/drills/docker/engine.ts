import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, open, symlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { run, say, succeeds, type Where } from "./run";

export interface Engine {
  /** For whatever calls `docker`: the engine, and a client that can build, first on the path. */
  env: NodeJS.ProcessEnv;
  docker(args: string[], where?: Where): Promise<string>;
  stop(): Promise<void>;
}

const packages =
  "apt-get update && apt-get install -y --no-install-recommends docker.io iptables debootstrap";

/**
 * The engine that runs here, or one of our own with everything in `folder`. Throws a sentence when there is none and none can be
 * started. `dataRoot` keeps the images of one of our own for the next time.
 */
export async function openEngine(folder: string, dataRoot: string | null): Promise<Engine> {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get") && !existsSync("/usr/sbin/dockerd"))
    await run("sh", ["-c", packages]).catch(() => undefined);
  const client = await findClient();
  if (!client) throw new Error("This drill needs Docker: no client that can build images is here.");
  await mkdir(join(folder, "bin"));
  await symlink(client, join(folder, "bin/docker"));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${join(folder, "bin")}:${process.env.PATH}`,
    DOCKER_BUILDKIT: "1",
  };
  const engine = (settings: NodeJS.ProcessEnv, stop: () => Promise<void>): Engine => ({
    env: settings,
    docker: (args, where) => run("docker", args, { ...where, env: settings }),
    stop,
  });
  if (await succeeds(client, ["info"], { env, seconds: 10 })) return engine(env, async () => undefined);
  if (process.getuid?.() !== 0 || !existsSync("/usr/sbin/dockerd"))
    throw new Error(
      "This drill needs a container engine: none is running, and none can be started without root.",
    );
  const own = await startDaemon(folder, dataRoot ?? join(folder, "data"));
  say("No engine was running: one of the drill's own is used.");
  return engine({ ...env, DOCKER_HOST: own.host }, own.stop);
}

/** A client that builds with BuildKit: by its plugin, or one from before 23.0, which has it built in. */
async function findClient(): Promise<string | null> {
  const found = (await run("sh", ["-c", "command -v docker || true"])).trim();
  for (const client of [found, "/usr/bin/docker"].filter((path) => path !== "" && existsSync(path))) {
    const version = /version (\d+)/.exec(await run(client, ["--version"]))?.[1];
    if (Number(version) < 23 || (await succeeds(client, ["buildx", "version"]))) return client;
  }
  return null;
}

async function startDaemon(folder: string, dataRoot: string) {
  const host = `unix://${join(folder, "docker.sock")}`;
  const log = await open(join(folder, "dockerd.log"), "a");
  const places = [
    "--data-root",
    dataRoot,
    "--exec-root",
    join(folder, "exec"),
    "--pidfile",
    join(folder, "pid"),
  ];
  // Addresses of its own: another engine on this machine has the usual ones.
  const addresses = ["--bip", "172.30.255.1/24", "--default-address-pool", "base=172.30.0.0/17,size=24"];
  const daemon = spawn("/usr/sbin/dockerd", [...places, ...addresses, "--host", host], {
    stdio: ["ignore", log.fd, log.fd],
  });
  const ended = once(daemon, "exit");
  const stop = async () => {
    daemon.kill("SIGTERM");
    await ended;
    await log.close();
  };
  const env = { ...process.env, DOCKER_HOST: host };
  for (let tries = 0; !(await succeeds("/usr/bin/docker", ["info"], { env })); tries++) {
    if (tries > 60 || daemon.exitCode !== null) {
      await stop();
      throw new Error("This drill needs a container engine: dockerd does not start here.");
    }
    await delay(1_000);
  }
  return { host, stop };
}
