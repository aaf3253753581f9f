import type { Office } from "./open-office";
import type { ServerProcess } from "./processes";
import { runBurst } from "./run-burst";
import { readScenarios, type Scenario, type Target } from "./scenarios";
import { signIn } from "./staff-session";
import { type Fact, fact, printColumns } from "./table";

export const triageTitle = "triage";

const smallerSizes = [10_000, 100_000];
/** Lists that have no floor beside them. */
const otherLists = {
  "word of every resume": "q=experience",
  "one letter of a name": "in=person&q=z",
  "part of a name by last name": "in=person&q=son&sort=lastName",
  "receipt failed": "mail=FAILED",
  "past the promised answer, longest first": "late=true&sort=respondBy",
};
const seconds = 1;
const pageSize = 25;
const mostStatementMilliseconds = 30;

interface TriageInput {
  office: Office;
  files: { resume: string; uploadFile: string };
  leads: number;
}

interface Place {
  server: ServerProcess;
  accessToken: string;
}

/** What the list owes at a million leads beside its floor: pages by number, growth with the table, and what PostgreSQL saw. */
export async function measureTriage(input: TriageInput): Promise<Fact[]> {
  const { office, leads } = input;
  const scenarios = await readScenarios(office.connectionString, input.files);
  await office.forgetStatements();
  const here = { server: office.ours, accessToken: await office.session.accessToken() };
  const byNumber = await measurePages(here, leads);
  const atFull = await measureAlone(here, scenarios);
  const [slowest, scans] = await Promise.all([office.slowestStatements(), office.countSequentialScans()]);
  const smaller = [];
  for (const size of smallerSizes.filter((each) => each < leads)) smaller.push(await measureAt(input, size));
  printGrowth([...smallerSizes.filter((each) => each < leads), leads], [...smaller, atFull]);
  return [
    fact("page by its number ÷ first page, p50", { value: byNumber, most: 3, unit: "×" }),
    fact("large tables read from end to end", { value: scans, most: 0, unit: "" }),
    ...slowest.map(({ query, mean }) =>
      fact(`slowest statement on average: ${query}`, {
        value: mean,
        most: mostStatementMilliseconds,
        unit: "ms",
      }),
    ),
  ];
}

async function measurePages(place: Place, leads: number): Promise<number> {
  const lastPage = Math.floor(leads / pageSize);
  const pages = Array.from({ length: 97 }, (_, index) => 2 + Math.floor((index * (lastPage - 2)) / 96));
  const byNumber = await medianOf(
    place,
    pages.map((page) => ({ method: "GET", path: `/api/leads?page=${page}` })),
  );
  return byNumber / (await medianOf(place, [{ method: "GET", path: "/api/leads" }]));
}

/** Milliseconds that one person waits for each kind of read, by name. */
async function measureAlone(place: Place, scenarios: Scenario[]): Promise<Map<string, number>> {
  const medians = new Map<string, number>();
  for (const scenario of scenarios) {
    const targets = scenario.targets(0);
    if (targets[0]?.method === "GET") medians.set(scenario.name, await medianOf(place, targets));
  }
  for (const [name, query] of Object.entries(otherLists))
    medians.set(name, await medianOf(place, [{ method: "GET", path: `/api/leads?${query}` }]));
  return medians;
}

async function medianOf({ server, accessToken }: Place, targets: Target[]): Promise<number> {
  const scenario = { name: "alone", leastRatio: 0, targets: () => targets };
  const burst = await runBurst({
    ...{ server, accessToken, scenario, burst: 0 },
    ...{ connections: 1, seconds, warmUpSeconds: 0.5 },
  });
  if (burst.errors > 0) throw new Error(`${targets[0]?.path} was refused`);
  return burst.p50;
}

/** The same reads on an office of another size, on the same PostgreSQL. */
async function measureAt({ office, files }: TriageInput, leads: number): Promise<Map<string, number>> {
  const connectionString = await office.makeDatabase(leads);
  const server = await office.startAnother({ connectionString });
  try {
    const session = await signIn(server.url, office.credentials);
    const place = { server, accessToken: await session.accessToken() };
    return await measureAlone(place, await readScenarios(connectionString, files));
  } finally {
    await server.stop();
  }
}

function printGrowth(sizes: number[], medians: Map<string, number>[]): void {
  const header = ["p50 ms, one connection", ...sizes.map((size) => `${size.toLocaleString("en")} leads`)];
  const names = [...(medians.at(-1)?.keys() ?? [])];
  printColumns([
    header,
    ...names.map((name) => [name, ...medians.map((each) => (each.get(name) ?? 0).toFixed(1))]),
  ]);
}
