import { rmSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { encryptionTitle, measureEncryption } from "./encryption";
import { examineTitle, measureExamination } from "./examine";
import { measureIdentity } from "./identity";
import { manyTitle, measureMany } from "./many";
import { type Office, openOffice } from "./open-office";
import { measureFormPage, measureUploadMemory } from "./own-numbers";
import { memoryOf } from "./processes";
import { type Burst, runBurst } from "./run-burst";
import { assertSameAnswers } from "./same-answers";
import { readScenarios, type Scenario } from "./scenarios";
import { measureSearch, searchTitle } from "./search";
import { type Fact, fact, type Line, printFacts, printTable, type Rounds, summarise } from "./table";
import { measureTriage, triageTitle } from "./triage";

const repository = resolve(import.meta.dirname, "../..");
const factsTitle = "start, page and memory";
const identityTitle = "identity";
const resume = join(repository, "tests/fixtures/resumes/resume-200kb.pdf");
const { values } = parseArgs({
  options: {
    leads: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    connections: { type: "string", default: "100" },
    /** Only what has one of these in its name. */
    only: { type: "string", multiple: true, default: [""] },
    /** Another build of ours to measure. */
    entry: { type: "string", default: "apps/api/dist/main.js" },
    /** Folder that keeps the filled databases for the next run. */
    keep: { type: "string" },
    /** Folder for a CPU profile of ours, written when it ends. */
    profile: { type: "string" },
  },
});

async function measure(): Promise<void> {
  const cache = join(repository, ".cache");
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(join(cache, "bench-"));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  await measureIn(directory);
}

async function measureIn(directory: string): Promise<void> {
  const { leads, entry, keep, profile } = values;
  const office = await openOffice({ repository, directory, keep, leads: Number(leads), entry, profile, say });
  try {
    const files = { resume, uploadFile: join(directory, "upload") };
    const scenarios = await readScenarios(office.connectionString, files);
    const lines: Line[] = [];
    for (const scenario of scenarios.filter(({ name }) => isWanted(name))) {
      say(`… ${scenario.name}`);
      await assertSameAnswers(office, scenario);
      lines.push(...(await alternate(office, scenario)).map(summarise));
    }
    const facts = isWanted(factsTitle) ? await measureFacts(office, directory) : [];
    if (isWanted(triageTitle)) {
      say(`… ${triageTitle}`);
      facts.push(...(await measureTriage({ office, files, leads: Number(leads) })));
    }
    if (isWanted(manyTitle)) {
      say(`… ${manyTitle}`);
      facts.push(...(await measureMany(office, Number(leads))));
    }
    if (isWanted(identityTitle)) {
      say(`… ${identityTitle}`);
      const { connections, seconds, rounds } = values;
      const load = { connections: Number(connections), seconds: Number(seconds), rounds: Number(rounds) };
      facts.push(...(await measureIdentity({ office, repository, ...load })));
    }
    if (isWanted(encryptionTitle)) {
      say(`… ${encryptionTitle}`);
      const { connections, seconds, rounds } = values;
      const load = { connections: Number(connections), seconds: Number(seconds), rounds: Number(rounds) };
      const submission = scenarios.find(({ isSubmission }) => isSubmission);
      if (submission)
        facts.push(...(await measureEncryption({ office, repository, submission, resume, ...load })));
    }
    if (isWanted(examineTitle)) {
      say(`… ${examineTitle}`);
      facts.push(
        ...(await measureExamination({ ...office, repository, directory, entry: join(repository, entry) })),
      );
    }
    if (isWanted(searchTitle)) {
      say(`… ${searchTitle}`);
      const { seconds, rounds } = values;
      facts.push(...(await measureSearch({ office, seconds: Number(seconds), rounds: Number(rounds) })));
    }
    say("");
    printTable(lines);
    say("");
    printFacts(facts);
    if (![...lines, ...facts].every(({ passes }) => passes)) process.exitCode = 1;
  } finally {
    await office.close();
  }
}

/** The numbers that need no floor beside them. */
async function measureFacts(office: Office, directory: string): Promise<Fact[]> {
  say(`… ${factsTitle}`);
  const peak = (await memoryOf(office.ours.pid)).peak;
  const page = await measureFormPage(office.ours);
  const uploader = await office.startAnother();
  const uploads = await measureUploadMemory(uploader, resume).finally(() => uploader.stop());
  const own = { dataDirectory: join(directory, "own") };
  await (await office.startAnother(own)).stop();
  const warm = await office.startAnother(own);
  await warm.stop();
  return [
    fact("warm start, own database", { value: warm.startSeconds, most: 8, unit: "s" }),
    fact("form page, JavaScript and CSS, gzip", { value: page / 1024, most: 100, unit: "KB" }),
    fact("peak memory under all of the above", { value: peak / 1024 ** 2, most: 350, unit: "MB" }),
    fact("100 uploads of 5 MB at once, over idle", { value: uploads / 1024 ** 2, most: 100, unit: "MB" }),
  ];
}

/**
 * Floor, ours, then ours, floor, and so on: whatever else the machine does meets both. A submission is compared with the floor that
 * encrypts as well.
 */
async function alternate(office: Office, scenario: Scenario): Promise<Rounds[]> {
  const bursts: Record<"floor" | "ours" | "sealingFloor", Burst[]> = {
    floor: [],
    ours: [],
    sealingFloor: [],
  };
  const names = scenario.isSubmission
    ? (["floor", "ours", "sealingFloor"] as const)
    : (["floor", "ours"] as const);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const result = await runBurst({
        server: office[name],
        accessToken: await office.session.accessToken(),
        scenario,
        burst: round,
        connections: Number(values.connections),
        seconds: Number(values.seconds),
        warmUpSeconds: 2,
      });
      bursts[name].push(result);
      if (scenario.isSubmission) await office.clearJobs();
      await office.settle();
    }
  }
  const { floor, ours, sealingFloor } = bursts;
  const plain = { scenario, floor, ours };
  if (!scenario.isSubmission) return [plain];
  const encrypting = { ...scenario, name: `${scenario.name}, floor encrypts` };
  return [plain, { scenario: encrypting, floor: sealingFloor, ours }];
}

function isWanted(name: string): boolean {
  return values.only.some((part) => name.includes(part));
}

function say(line: string): void {
  console.log(line);
}

await measure();
