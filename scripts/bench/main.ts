import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openOffice, type Office } from "./open-office";
import { runBurst } from "./run-burst";
import { readScenarios, type Scenario } from "./scenarios";
import { type Line, printTable, type Rounds, summarise } from "./table";

const repository = resolve(import.meta.dirname, "../..");
const { values } = parseArgs({
  options: {
    leads: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    connections: { type: "string", default: "100" },
    /** Only scenarios whose name contains this. */
    only: { type: "string", default: "" },
    /** Another build of ours to measure. */
    entry: { type: "string", default: "apps/api/dist/main.js" },
    /** Folder for a CPU profile of ours, written when it ends. */
    profile: { type: "string" },
  },
});

async function measure(): Promise<void> {
  const cache = join(repository, ".cache");
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(join(cache, "bench-"));
  try {
    await measureIn(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measureIn(directory: string): Promise<void> {
  const office = await openOffice({
    repository,
    directory,
    leads: Number(values.leads),
    entry: values.entry,
    profile: values.profile,
    say,
  });
  try {
    const scenarios = await readScenarios(office.connectionString, {
      resume: join(repository, "tests/fixtures/resumes/resume-200kb.pdf"),
      uploadFile: join(directory, "upload"),
    });
    const lines: Line[] = [];
    for (const scenario of scenarios.filter(({ name }) => name.includes(values.only))) {
      lines.push(summarise(await alternate(office, scenario)));
      printTable(lines.slice(-1));
    }
    say("");
    printTable(lines);
  } finally {
    await office.close();
  }
}

/** Floor, ours, then ours, floor, and so on: whatever else the machine does meets both. */
async function alternate(office: Office, scenario: Scenario): Promise<Rounds> {
  const rounds: Rounds = { scenario, floor: [], ours: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const name of round % 2 === 0 ? (["floor", "ours"] as const) : (["ours", "floor"] as const)) {
      const result = await runBurst({
        server: office[name],
        accessToken: await office.session.accessToken(),
        scenario,
        burst: round,
        connections: Number(values.connections),
        seconds: Number(values.seconds),
        warmUpSeconds: 1,
      });
      rounds[name].push(result);
      if (scenario.isSubmission) await office.clearMails();
    }
  }
  return rounds;
}

function say(line: string): void {
  console.log(line);
}

await measure();
