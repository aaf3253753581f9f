import { cp, mkdir, readFile, realpath, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Engine } from "./engine";
import { run, say, succeeds } from "./run";

const standIns = resolve(import.meta.dirname, "../stand-ins");
const debian = "debian:trixie-slim";

/**
 * Makes sure of the images that the files name and of Compose. What cannot be pulled is built from Debian's packages under its name, and
 * said so.
 */
export async function prepareImages(
  engine: Engine,
  input: { repository: string; folder: string },
): Promise<void> {
  const { repository, folder } = input;
  const dockerfile = await readFile(join(repository, "docker/Dockerfile"), "utf8");
  const node = /BUILD_IMAGE=(\S+)/.exec(dockerfile)?.[1] ?? "";
  const storage =
    /image: (versity\/\S+)/.exec(await readFile(join(repository, "docker/compose.yml"), "utf8"))?.[1] ?? "";
  if (!(await isHere(engine, debian))) {
    await makeDebian(engine, join(folder, "debian"));
    tell(debian, "Debian's own packages, by debootstrap");
  }
  const context = join(folder, "stand-ins");
  await mkdir(context);
  await cp(standIns, context, { recursive: true });
  const build = (target: string, name: string) =>
    engine.docker(["build", "--quiet", "--target", target, "--tag", name, context]);
  if (!(await isHere(engine, node))) {
    await cp(await realpath(join(repository, "node_modules/node/bin/node")), join(context, "node"));
    await cp(await findNpm(), join(context, "npm"), { recursive: true });
    await cp("/etc/ssl/certs/ca-certificates.crt", join(context, "certificates.crt"));
    await build("node", node);
    tell(node, "Debian with the Node of this repository and the npm of this machine");
  }
  if (!(await isHere(engine, storage))) {
    await build("storage", storage);
    tell(storage, "a Ceph gateway, which is another S3 server");
  }
  await addCompose(engine, { folder, build });
}

function tell(image: string, instead: string): void {
  say(`${image} cannot be pulled here. Stand-in: ${instead}.`);
}

async function isHere({ env }: Engine, image: string): Promise<boolean> {
  if (await succeeds("docker", ["image", "inspect", image], { env })) return true;
  return succeeds("docker", ["pull", "--quiet", image], { env, seconds: 300 });
}

/** What the official slim image is: a minimal Debian without manuals and translations. */
async function makeDebian(engine: Engine, folder: string): Promise<void> {
  await run("debootstrap", ["--variant=minbase", "--include=ca-certificates", "trixie", folder]);
  const unneeded = [
    "usr/share/doc",
    "usr/share/man",
    "usr/share/locale",
    "usr/share/info",
    "var/cache/apt",
    "var/lib/apt/lists",
  ];
  for (const path of unneeded) await rm(join(folder, path), { recursive: true });
  await run("sh", ["-c", `tar -C "${folder}" -c . | docker import -c 'CMD ["bash"]' - ${debian}`], {
    env: engine.env,
  });
  await rm(folder, { recursive: true });
}

async function findNpm(): Promise<string> {
  const npm = await realpath((await run("sh", ["-c", "command -v npm"])).trim());
  return dirname(dirname(npm));
}

interface ComposeInput {
  folder: string;
  build(target: string, name: string): Promise<string>;
}

/** Where the client has no Compose, Debian's goes in as its plugin. */
async function addCompose(engine: Engine, { folder, build }: ComposeInput): Promise<void> {
  if (await succeeds("docker", ["compose", "version"], { env: engine.env })) return;
  await build("compose", "intake-drill-compose");
  const plugins = join(folder, "docker-config/cli-plugins");
  await mkdir(plugins, { recursive: true });
  engine.env.DOCKER_CONFIG = join(folder, "docker-config");
  const copy = ["run", "--rm", "--volume", `${plugins}:/plugins`, "intake-drill-compose"];
  await engine.docker([...copy, "cp", "/usr/libexec/docker/cli-plugins/docker-compose", "/plugins/"]);
  say(`Compose is Debian's: ${(await engine.docker(["compose", "version", "--short"])).trim()}.`);
}
