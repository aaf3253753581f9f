import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openCollector } from "./collector";
import { compose, type Office, project, resume } from "./office";
import { submitLead } from "./visitor";

const ours = ["api-a", "api-b", "worker"];
const start = ["up", "-d", "--no-deps", "--force-recreate", "--wait", ...ours];
const psql = ["exec", "-T", "postgres", "psql", "-q", "-d", "intake", "-c"];

/** A prospect's lead comes in, then one that the database refuses, while collectors of traces and errors listen. */
export async function watch(office: Office, takeLead: () => Promise<void>): Promise<void> {
  const settings = join(office.copy, "docker/office.env");
  const before = await readFile(settings, "utf8");
  const collector = await openCollector(office.engine, `${project}_edge`);
  try {
    await writeFile(settings, `${before}${collector.settings}`);
    await compose(office, ...start);
    await takeLead();
    const change = (what: string) => compose(office, ...psql, `ALTER TABLE leads ${what}`);
    // PostgreSQL's own words for this refusal hold the whole row.
    await change("ADD CONSTRAINT drill CHECK (email NOT LIKE 'drill2@%') NOT VALID");
    const refused = await submitLead(office.url, resume, 2).then(
      () => "taken",
      () => null,
    );
    await change("DROP CONSTRAINT drill");
    if (refused) office.failures.push("a lead that the database refuses was acknowledged");
    // Whoever stops sends what it still has.
    await compose(office, "stop", ...ours);
    office.failures.push(...collector.judge());
  } finally {
    await collector.close();
  }
  await writeFile(settings, before);
  await compose(office, ...start);
}
