import { fillTexts } from "./fill-texts";
import type { Office } from "./open-office";
import { runBurst } from "./run-burst";
import type { Scenario } from "./scenarios";
import { type Fact, fact, median } from "./table";

export const searchTitle = "search";

const mostMilliseconds = 100;
const searched = 100_000;
/** What is asked, and what makes it hard; the first is what the others are compared with. */
const searches = [
  ["a name", "q=garcia&in=person"],
  ["rare word", "q=zymurgy"],
  ["one resume in fifty", "q=asylum"],
  ["word of every resume", "q=experience"],
  ["word of every resume, by name", "q=experience&sort=lastName"],
  ["beginning of many words", "q=ex"],
  ["no match", "q=qqxxyy"],
  ["name and common word", "q=garcia+experience"],
  ["common and rare word", "q=experience+zymurgy"],
  ["phrase of common words", "q=%22experience+paralegal%22"],
] as const;

interface SearchInput {
  office: Office;
  seconds: number;
  rounds: number;
}

/** How long one person waits for a search when every lead has a resume of about 3 KB. */
export async function measureSearch({ office, seconds, rounds }: SearchInput): Promise<Fact[]> {
  await fillTexts(office.connectionString, searched);
  const facts: Fact[] = [];
  for (const [name, query] of searches) {
    const target = { method: "GET", path: `/api/leads?${query}` } as const;
    const scenario: Scenario = { name, leastRatio: 0, targets: () => [target] };
    const bursts = [];
    for (let burst = 0; burst < rounds; burst++) {
      const accessToken = await office.session.accessToken();
      bursts.push(
        await runBurst({
          ...{ server: office.ours, accessToken, scenario, burst },
          ...{ connections: 1, seconds, warmUpSeconds: 1 },
        }),
      );
    }
    if (bursts.some(({ errors }) => errors > 0)) throw new Error(`A search for ${name} was refused`);
    for (const percentile of ["p50", "p99"] as const) {
      const value = median(bursts.map((burst) => burst[percentile]));
      facts.push(fact(`search, ${name}, ${percentile}`, { value, most: mostMilliseconds, unit: "ms" }));
    }
  }
  return facts;
}
