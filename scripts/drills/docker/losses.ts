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

/** Somebody made a mistake: the office goes back to a moment before a newer backup, and loses its disk after that. */
export async function goBack(office: Office, leads: Acknowledged[]): Promise<void> {
  const { url, failures } = office;
  await delay(2000);
  // As pgBackRest wants it.
  const moment = new Date().toISOString().replace("T", " ").replace("Z", "+00");
  await delay(2000);
  const visitors = startVisiting(url, resume);
  await delay(3000);
  await visitors.stop();
  await compose(office, "exec", "-T", "backup", "keep-backups.sh", "once");
  await compose(office, "stop", "api-a", "api-b", "worker", "backup", "postgres");
  const script = ["--entrypoint", "restore-postgres.sh", "postgres", moment];
  await compose(office, "run", "--rm", "--no-deps", ...script);
  await compose(office, "up", "-d", "--wait");
  const token = await signIn(url);
  for (const { id } of visitors.acknowledged)
    if (await readLead(url, token, id))
      failures.push(`lead ${id} is younger than the moment and still there`);
  await follow(office, "lose");
  await follow(office, "restore");
  say("The office went back to a moment, and lost its disk after that.");
  await lookFor(office, leads);
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
