import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface DebianTools {
  /** Folder of PostgreSQL's programs. */
  postgres: string;
  pgbackrest: string;
  /** The account of the server, which must not run as root. */
  user: { uid: number; gid: number };
}

const versions = "/usr/lib/postgresql";
const pgbackrest = "/usr/bin/pgbackrest";

/** PostgreSQL and pgBackRest of Debian, installed when they are missing and that is possible. Throws a sentence when it is not. */
export function findDebianTools(): DebianTools {
  if (!existsSync(pgbackrest) || !existsSync(versions)) install();
  const [newest] = readdirSync(versions).sort((left, right) => Number(right) - Number(left));
  if (!newest || !existsSync(pgbackrest))
    throw new Error("PostgreSQL and pgBackRest could not be installed.");
  return { postgres: join(versions, newest, "bin"), pgbackrest, user: findUser() };
}

function install(): void {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    throw new Error(
      "This drill needs PostgreSQL and pgBackRest: install the packages postgresql and pgbackrest.",
    );
  const packages = "apt-get install -y --no-install-recommends postgresql pgbackrest";
  execFileSync("/bin/sh", ["-c", `apt-get update && ${packages}`], {
    stdio: "ignore",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

function findUser(): { uid: number; gid: number } {
  const numberOf = (what: string, name?: string) =>
    Number(execFileSync("id", name ? [what, name] : [what], { encoding: "utf8" }));
  const name = process.getuid?.() === 0 ? "postgres" : undefined;
  return { uid: numberOf("-u", name), gid: numberOf("-g", name) };
}
