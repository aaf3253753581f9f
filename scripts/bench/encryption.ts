import { setTimeout as delay } from "node:timers/promises";
import { buildWithout } from "./build-without";
import type { Office } from "./open-office";
import { submitLargeResume } from "./own-numbers";
import { memoryOf, type ServerProcess } from "./processes";
import { runBurst } from "./run-burst";
import type { Scenario } from "./scenarios";
import { type Fact, fact, median } from "./table";

interface EncryptionInput {
  office: Office;
  repository: string;
  /** The submission that is measured. */
  submission: Scenario;
  /** A PDF to make a large one of. */
  resume: string;
  connections: number;
  seconds: number;
  rounds: number;
}

export const encryptionTitle = "encryption";

const downloads = 50;
const warmUpSeconds = 2;

/** What encryption costs a submission, against the same build without it, and what many downloads at once cost. */
export async function measureEncryption(input: EncryptionInput): Promise<Fact[]> {
  const { perSecond, cpu } = await measureShare(input);
  const { growth, p99Ratio } = await measureDownloads(input);
  return [
    fact("submit of 200 KB, requests/s with encryption ÷ without", {
      value: perSecond,
      least: 0.8,
      unit: "×",
    }),
    fact("the same, processor time of the server", { value: cpu, most: 1.5, unit: "×" }),
    fact(`${downloads} downloads of 5 MB at once, over idle`, {
      value: growth / 1024 ** 2,
      most: 150,
      unit: "MB",
    }),
    fact("list p99 meanwhile ÷ usual", { value: p99Ratio, most: 3, unit: "×" }),
  ];
}

async function measureShare(input: EncryptionInput) {
  const { office, repository, submission, rounds, connections, seconds } = input;
  const load = { connections, seconds };
  const entry = await buildWithout(repository, {
    module: "@intake/storage/encryption/encrypted-storage",
    standIn: "no-encryption.ts",
    folder: "dist-bench",
  });
  const without = await office.startAnother({ entry });
  try {
    const measure = async (server: ServerProcess, burst: number) => {
      const accessToken = await office.session.accessToken();
      const scenario = submission;
      const result = await runBurst({ ...{ server, accessToken, burst, scenario, warmUpSeconds }, ...load });
      await office.clearJobs();
      return result;
    };
    const perSecond: number[] = [];
    const cpu: number[] = [];
    for (let round = 0; round < rounds; round++) {
      // Sealed, plain, then plain, sealed, and so on: whatever else the machine does meets both.
      const earlier = round % 2 === 0 ? null : await measure(without, round);
      const sealed = await measure(office.ours, round);
      const plain = earlier ?? (await measure(without, round));
      perSecond.push(sealed.requestsPerSecond / plain.requestsPerSecond);
      cpu.push(sealed.cpuMs / plain.cpuMs);
    }
    return { perSecond: median(perSecond), cpu: median(cpu) };
  } finally {
    await without.stop();
  }
}

async function measureDownloads({ office, resume, seconds }: EncryptionInput) {
  const connections = 20;
  const server = await office.startAnother();
  try {
    const { id } = await submitLargeResume(server.url, resume);
    const download = async () => {
      const headers = { authorization: `Bearer ${await office.session.accessToken()}` };
      const answer = await fetch(`${server.url}/api/leads/${id}/resume`, { headers });
      if (!answer.ok) throw new Error(`A download was answered with ${answer.status}`);
      for await (const _piece of answer.body ?? []);
    };
    const list = async () =>
      runBurst({
        ...{ server, burst: 0, connections, seconds, warmUpSeconds },
        accessToken: await office.session.accessToken(),
        scenario: { name: "list", leastRatio: 0, targets: () => [{ method: "GET", path: "/api/leads" }] },
      });
    const all = () => Promise.all(Array.from({ length: downloads }, download));
    const usual = await list();
    await all();
    await delay(3_000);
    const idle = (await memoryOf(server.pid)).now;
    let peak = idle;
    let isOver = false;
    const watching = (async () => {
      for (; !isOver; await delay(10)) peak = Math.max(peak, (await memoryOf(server.pid)).now);
    })();
    for (let round = 0; round < 3; round++) await all();
    isOver = true;
    await watching;
    const during = list();
    await delay(warmUpSeconds * 1000);
    await all();
    return { growth: peak - idle, p99Ratio: (await during).p99 / usual.p99 };
  } finally {
    await server.stop();
  }
}
