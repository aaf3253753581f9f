import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { compose, follow, type Office, project, resume, seconds } from "./office";
import { say } from "./run";
import { type Acknowledged, readLead, signIn, startVisiting } from "./visitor";

/** The disk of the database is gone. The answer is what was acknowledged before. */
export async function loseDisk(office: Office): Promise<Acknowledged[]> {
  const { url } = office;
  const visitors = startVisiting(url, resume);
  await delay(10_000);
  await visitors.stop();
  // The log is archived every minute.
  await delay(65_000);
  say((await compose(office, "exec", "-T", "backup", "prove-restore.sh")).trim());
  const begun = Date.now();
  await follow(office, "lose");
  const told = await follow(office, "restore");
  say(`The database's disk was lost: back in ${seconds(begun)} s.`);
  say(told.trim());
  await lookFor(office, visitors.acknowledged);
  return visitors.acknowledged;
}

/** Everything of the machine is gone but the copy of it; files alone are left, for the stand-in of the storage keeps them in memory. */
export async function loseMachine(office: Office, leads: Acknowledged[]): Promise<void> {
  const { copy, engine } = office;
  await follow(office, "copy");
  const begun = Date.now();
  await compose(
    office,
    "rm",
    "--force",
    "--stop",
    "api-a",
    "api-b",
    "worker",
    "migrate",
    "backup",
    "postgres",
  );
  for (const name of ["database", "backups", "database-socket", "restore-test"])
    await engine.docker(["volume", "rm", `${project}_${name}`]);
  for (const path of ["office.env", "secrets"]) await rm(join(copy, "docker", path), { recursive: true });
  await follow(office, "move");
  say(`The machine was lost: another has its office in ${seconds(begun)} s.`);
  await lookFor(office, leads);
}

async function lookFor({ url, failures }: Office, leads: Acknowledged[]): Promise<void> {
  const token = await signIn(url);
  for (const { id, sha256 } of leads) {
    const lead = await readLead(url, token, id);
    if (lead?.resume.sha256 !== sha256) failures.push(`lead ${id} is not as it was`);
  }
  say(`${leads.length} leads of the last minutes are all looked for.`);
}
