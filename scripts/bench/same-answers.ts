import { isDeepStrictEqual } from "node:util";
import type { Office } from "./open-office";
import type { Scenario } from "./scenarios";

const sampled = 5;

/** Throws unless floor and product answer the reads of a scenario alike: only then does the floor do the same work. */
export async function assertSameAnswers(office: Office, scenario: Scenario): Promise<void> {
  const headers = { Authorization: `Bearer ${await office.session.accessToken()}` };
  for (const { method, path } of scenario.targets(0).slice(0, sampled)) {
    if (method !== "GET") continue;
    const [floor, ours] = await Promise.all(
      [office.floor, office.ours].map(
        async ({ url }): Promise<unknown> =>
          // Where in a resume a word stands is what the product adds; both read its text.
          JSON.parse(await (await fetch(url + path, { headers })).text(), (key, value) =>
            key === "excerpt" ? undefined : value,
          ),
      ),
    );
    if (!isDeepStrictEqual(floor, ours)) {
      throw new Error(`${path} is answered differently:\n${JSON.stringify(floor)}\n${JSON.stringify(ours)}`);
    }
  }
}
