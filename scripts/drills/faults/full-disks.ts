import { execFileSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { chmod, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { underAttack } from "./attacks";
import type { ScenarioInput } from "./scenario";

/** Uploads, then the database, then the log meet a full disk: each is a small file system of its own, filled to the last byte. */
export async function fillDisks(input: ScenarioInput): Promise<string[]> {
  if (process.getuid?.() !== 0) {
    input.say("NOT PLAYED: only root can mount the small file systems for it");
    return [];
  }
  return [...(await fillUploads(input)), ...(await fillDatabase(input)), ...(await fillLog(input))];
}

async function fillUploads(input: ScenarioInput): Promise<string[]> {
  return onSmallDisk(join(input.directory, "uploads"), 64, async (data) =>
    underAttack(
      { ...input, directory: join(input.directory, "uploads-office"), office: { places: { data } } },
      async ({ submitOne, check, checkHealth, checkRecovery, say }) => {
        await fill(data);
        const statuses = [await submitOne(), await submitOne(), await submitOne()];
        say(`disk of uploads full: ${statuses.join(", ")}`);
        check(
          statuses.every((status) => status === 503),
          `a full disk of uploads was answered ${statuses}`,
        );
        await checkHealth("with a full disk of uploads");
        await makeRoom(data);
        await checkRecovery("after there was room again");
      },
    ),
  );
}

async function fillDatabase(input: ScenarioInput): Promise<string[]> {
  return onSmallDisk(join(input.directory, "database"), 256, async (database) => {
    await chmod(database, 0o755);
    return underAttack(
      { ...input, directory: join(input.directory, "database-office"), office: { places: { database } } },
      async ({ office, submitOne, check, checkHealth, checkRecovery, say }) => {
        await fill(database);
        const statuses = new Map<number, number>();
        // Until its log needs another segment, the database still takes some.
        for (let tries = 0; tries < 400 && !statuses.has(503); tries += 1) {
          const status = await submitOne();
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
        for (let tries = 0; tries < 5; tries += 1) {
          const status = await submitOne();
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
        say(
          `disk of the database full: ${[...statuses].map(([status, times]) => `${status} × ${times}`).join(", ")}`,
        );
        check(
          [...statuses.keys()].every((status) => status === 201 || status === 503),
          "not only 201 and 503",
        );
        await checkHealth("with a full disk of the database");
        await makeRoom(database);
        // A server that could not write its log has ended; whoever runs it starts it again.
        await office.restartDatabase();
        await checkRecovery("after there was room again");
      },
    );
  });
}

async function fillLog(input: ScenarioInput): Promise<string[]> {
  return onSmallDisk(join(input.directory, "log"), 1, async (disk) => {
    const output = openSync(join(disk, "product.log"), "a");
    const directory = join(input.directory, "log-office");
    try {
      return await underAttack(
        { ...input, directory, product: { output, environment: { LOG_LEVEL: "debug" } } },
        async ({ product, submitOne, check, checkHealth, checkRecovery, say }) => {
          await fill(disk);
          const before = product.pid();
          const statuses = [await submitOne(), await submitOne(), await submitOne()];
          await delay(3_000);
          say(`disk of the log full: ${statuses.join(", ")}`);
          check(
            statuses.every((status) => status === 201),
            `a full disk of the log was answered ${statuses}`,
          );
          check(product.pid() === before, "a full disk of the log ended the process");
          await checkHealth("with a full disk of the log");
          await makeRoom(disk);
          await checkRecovery("after the log had room again");
          await delay(2_000);
          const log = await readFile(join(disk, "product.log"), "utf8");
          const written = log.split('"route":"/api/leads"').length - 1;
          say(`${written} of 5 submissions are in the log`);
          check(written >= 5, "lines that waited for room are not in the log");
        },
      );
    } finally {
      closeSync(output);
    }
  });
}

async function onSmallDisk<Result>(
  folder: string,
  megabytes: number,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  await mkdir(folder, { recursive: true });
  await mkdir(`${folder}-office`, { recursive: true });
  execFileSync("/bin/mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  try {
    return await work(folder);
  } finally {
    execFileSync("/bin/umount", ["--lazy", folder]);
  }
}

const ballast = "ballast";

async function fill(folder: string): Promise<void> {
  const file = await open(join(folder, ballast), "a");
  try {
    for (const bytes of [1024 * 1024, 4096, 1]) {
      const piece = Buffer.alloc(bytes);
      while ((await file.write(piece).catch(() => ({ bytesWritten: 0 }))).bytesWritten === bytes);
    }
  } finally {
    await file.close();
  }
}

async function makeRoom(folder: string): Promise<void> {
  await rm(join(folder, ballast));
}
