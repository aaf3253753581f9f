import { execFileSync } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "../../bench/processes";
import { readCommands } from "./commands-of-docs";
import type { Engine } from "./engine";
import { run } from "./run";

/** Never the project of an office that this engine may be running. */
export const project = `intake-drill-${process.pid}`;
export const repository = resolve(import.meta.dirname, "../../..");
export const resume = join(repository, "tests/fixtures/resumes/resume.pdf");

export interface Office {
  engine: Engine;
  /** A copy of this repository, which the drill may write to. */
  copy: string;
  url: string;
  port: number;
  failures: string[];
}

/** A copy of this repository, with ports and names of its own; nothing runs yet. */
export async function openOffice(engine: Engine, copy: string): Promise<Office> {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    ...{ cwd: repository, encoding: "utf8", maxBuffer: 64 * 1024 ** 2 },
  });
  for (const file of files.split("\0").filter((path) => path !== "")) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    // One that is deleted and not committed yet is still on the list.
    await cp(join(repository, file), join(copy, file)).catch(() => undefined);
  }
  const port = await findFreePort();
  engine.env.COMPOSE_PROJECT_NAME = project;
  engine.env.INTAKE_VERSION = "drill";
  engine.env.HTTPS_PORT = String(port);
  engine.env.HTTP_PORT = String(await findFreePort());
  return { engine, copy, port, url: `https://localhost:${port}`, failures: [] };
}

/** The commands of one block of the page, word for word: the first in the repository's folder, the others where it leads. */
export async function follow({ engine, copy }: Office, block: string): Promise<string> {
  const commands = await readCommands(join(copy, "docs/operations.md"), block);
  const cwd = block === "prepare" ? copy : join(copy, "docker");
  return run("sh", ["-ec", commands], { cwd, env: engine.env });
}

/** What `docker compose` says; throws when it ends with another code than 0. */
export const compose = ({ engine, copy }: Office, ...args: string[]) =>
  engine.docker(["compose", ...args], { cwd: join(copy, "docker") });

/** Since a moment, for people. */
export const seconds = (begun: number) => ((Date.now() - begun) / 1000).toFixed(1);

/** Throws the complaint when it does not become so within two minutes. */
export async function until(isSo: () => Promise<boolean>, complaint: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(complaint);
    await delay(2_000);
  }
}
