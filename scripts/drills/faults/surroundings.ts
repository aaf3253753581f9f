import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openConnections, underAttack } from "./attacks";
import type { ScenarioInput } from "./scenario";

const isRoot = () => process.getuid?.() === 0;

/** The names of what the product needs lead nowhere for a while: the files that resolve names are its own, in a mount namespace. */
export async function loseNames(input: ScenarioInput): Promise<string[]> {
  if (!isRoot() || !existsSync("/usr/bin/unshare")) {
    input.say("NOT PLAYED: only root can give the product name files of its own");
    return [];
  }
  const hosts = join(input.directory, "hosts");
  const resolver = join(input.directory, "resolv.conf");
  const known = ["database", "mail", "scanner"].map((name) => `127.0.0.1 ${name}.office.internal\n`).join("");
  const itself = "127.0.0.1 localhost\n";
  await writeFile(hosts, itself + known);
  // Nobody answers there, so that an unknown name is an error at once.
  await writeFile(resolver, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
  const mount = 'mount --bind "$0" /etc/hosts && mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
  const wrapper = ["unshare", "--mount", "sh", "-c", mount, hosts, resolver];
  return underAttack({ ...input, product: { wrapper }, office: { hasNames: true } }, async (attacked) => {
    const { submitOne, check, checkHealth, checkRecovery, say, office } = attacked;
    await writeFile(hosts, itself);
    // Connections that stand need no name: they end as well.
    office.lines.database?.spoil("cut");
    office.lines.database?.mend();
    const statuses = [await submitOne(), await submitOne(), await submitOne()];
    say(`without names: ${statuses.join(", ")}`);
    check(
      statuses.every((status) => status === 503),
      `without names submissions were answered ${statuses}`,
    );
    await checkHealth("without names");
    await writeFile(hosts, itself + known);
    await checkRecovery("after the names were back");
  });
}

/** 1,000 connections want more descriptors than the process may have. */
export async function exhaustDescriptors(input: ScenarioInput): Promise<string[]> {
  const wrapper = ["sh", "-c", 'ulimit -n 200 && exec "$0" "$@"'];
  return underAttack({ ...input, product: { wrapper } }, async (attacked) => {
    const { product, submitOne, check, checkRecovery, say } = attacked;
    const before = product.pid();
    const crowd = await openConnections(product.url, 1_000);
    await delay(1_000);
    say(`${crowd.length} connections stand with 200 descriptors; a submission now: ${await submitOne()}`);
    for (const socket of crowd) socket.destroy();
    await checkRecovery("after the crowd has gone");
    check(product.pid() === before, "the process ended for want of descriptors");
  });
}

const library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

/** The clock jumps ahead and back, as with a machine that lost its time. */
export async function jumpClock(input: ScenarioInput): Promise<string[]> {
  if (!existsSync(library) && isRoot() && existsSync("/usr/bin/apt-get"))
    execFileSync("/usr/bin/apt-get", ["install", "-y", "--no-install-recommends", "libfaketime"], {
      stdio: "ignore",
    });
  if (!existsSync(library)) {
    input.say("NOT PLAYED: it needs Debian's package libfaketime");
    return [];
  }
  const file = join(input.directory, "time");
  await writeFile(file, "+0\n");
  const environment = {
    ...{ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_CACHE_DURATION: "1" },
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
  return underAttack({ ...input, product: { environment } }, async (attacked) => {
    const { product, submitOne, check, checkHealth, checkRecovery, say } = attacked;
    const before = product.pid();
    for (const shift of ["+10m", "-10m", "+0"]) {
      await writeFile(file, `${shift}\n`);
      await delay(2_500);
      const statuses = [await submitOne(), await submitOne(), await submitOne()];
      say(`clock at ${shift}: ${statuses.join(", ")}`);
      check(
        statuses.every((status) => status === 201),
        `with the clock at ${shift}: ${statuses}`,
      );
      await checkHealth(`with the clock at ${shift}`);
    }
    await checkRecovery("after the clock was right again");
    check(product.pid() === before, "the process ended for a jump of the clock");
  });
}

/**
 * Many submissions at once with so little memory that Node may end: then it starts again and has everything it acknowledged. Each wave is a
 * fault of its own, so what its end is judged by is not how long four waves' worth of work takes a busy machine.
 */
export async function starveMemory(input: ScenarioInput): Promise<string[]> {
  const flags = ["--max-old-space-size=160"];
  return underAttack({ ...input, product: { flags } }, async (attacked) => {
    const { product, submitOne, check, checkRecovery, say } = attacked;
    for (let wave = 1; wave <= 4; wave += 1) {
      await Promise.all(Array.from({ length: 150 }, submitOne));
      await checkRecovery(`after wave ${wave}`);
    }
    say(`ended ${product.endings()} times by itself`);
    check(product.endings() <= 5, "it ended more often than once a wave");
  });
}
