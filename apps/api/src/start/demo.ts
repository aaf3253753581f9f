import { randomInt } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { roles } from "@intake/core/auth/schema";
import type { Context } from "@intake/core/context";
import { demoStaff, isOccupied, seedOffice } from "@intake/demo/seed-office";

const leads = 500;
const days = 90;

interface DemoInput {
  repository: string;
  dataDirectory: string;
  say(line: string): void;
}

/** Seeds the demo office once and returns the lines that tell how to get in. Its password is made here and kept beside the data. */
export async function openDemo(
  ctx: Context,
  { repository, dataDirectory, say }: DemoInput,
): Promise<string[]> {
  const password = await keepPassword(join(dataDirectory, "demo-password"));
  if (!(await isOccupied(ctx))) {
    say(`Making an office with ${leads} leads`);
    await seedOffice(ctx, {
      templates: join(repository, "tests", "fixtures", "resumes"),
      password,
      leads,
      days,
      onProgress: (done) => {
        if (done % 100 === 0) say(`  ${done} of ${leads}`);
      },
    });
  }
  return roles.map((role) => {
    const email = demoStaff.find((person) => person.role === role)?.email ?? "";
    return `Sign in    ${email}  ${password}  (${role})`;
  });
}

async function keepPassword(path: string): Promise<string> {
  const kept = await readFile(path, "utf8").catch(() => null);
  if (kept) return kept.trim();
  const words = [
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "harbor",
    "inlet",
    "juniper",
    "kelp",
    "larch",
    "meadow",
    "north",
    "otter",
    "pebble",
  ];
  const password = `${Array.from({ length: 4 }, () => words[randomInt(words.length)]).join("-")}-${randomInt(1000, 10_000)}`;
  await writeFile(path, `${password}\n`, { mode: 0o600 });
  return password;
}
