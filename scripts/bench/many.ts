import { setTimeout as delay } from "node:timers/promises";
import { bulkProgressSchema } from "@intake/core/bulk/schema";
import { selectionCountSchema } from "@intake/core/selection/schema";
import pg from "pg";
import type { Office } from "./open-office";
import { memoryOf } from "./processes";
import { signIn } from "./staff-session";
import { type Fact, fact } from "./table";

export const manyTitle = "many leads at once";

const formats = ["csv", "xlsx"] as const;
const mostMegabytes = 100;
const mostSeconds = 60;

/** A tenth of all leads as a file, and a hundredth of them changed in one go: complete, how long, how much memory. */
export async function measureMany(office: Office, leads: number): Promise<Fact[]> {
  // Leads leave only with somebody who has just proved who they are.
  const session = await signIn(office.ours.url, office.credentials);
  const exported = await newest(office, leads / 10);
  const facts: Fact[] = [];
  for (const format of formats) {
    const server = await office.startAnother();
    try {
      const idle = (await memoryOf(server.pid)).now;
      const begin = performance.now();
      const { lines, bytes } = await download(server.url, {
        accessToken: await session.accessToken(),
        selection: exported.selection,
        format,
      });
      const seconds = (performance.now() - begin) / 1000;
      const { peak } = await memoryOf(server.pid);
      const name = `${exported.total.toLocaleString("en")} leads as ${format}`;
      // A workbook is packed; that all rows are in it is for its test.
      if (format === "csv")
        facts.push(fact(`${name}, rows missing`, { value: exported.total + 1 - lines, most: 0, unit: "" }));
      facts.push(
        fact(`${name}, ${(bytes / 1024 ** 2).toFixed(0)} MB`, {
          value: seconds,
          most: mostSeconds,
          unit: "s",
        }),
        fact(`${name}, memory over idle`, {
          value: (peak - idle) / 1024 ** 2,
          most: mostMegabytes,
          unit: "MB",
        }),
      );
    } finally {
      await server.stop();
    }
  }
  return [...facts, ...(await measureBulk(office, leads / 100))];
}

async function measureBulk(office: Office, leads: number): Promise<Fact[]> {
  const { selection, total } = await newest(office, leads);
  const begin = performance.now();
  const confirmed = await ask(office, "bulk.count", { input: selection, answer: selectionCountSchema });
  // Nobody has these yet and nobody is asked for, so every lead changes.
  const change = { kind: "STATUS", status: "REACHED_OUT" };
  const input = { selection, change, confirmed };
  let progress = await ask(office, "bulk.start", { input, answer: bulkProgressSchema });
  const startSeconds = (performance.now() - begin) / 1000;
  while (progress.finishedAt === null) {
    await delay(200);
    const query = encodeURIComponent(JSON.stringify({ bulkId: progress.id }));
    progress = await ask(office, `bulk.progress?input=${query}`, { answer: bulkProgressSchema });
  }
  const seconds = (performance.now() - begin) / 1000;
  const name = `${total.toLocaleString("en")} leads changed at once`;
  return [
    fact(`${name}, neither changed nor left alone`, {
      value: total - progress.done - progress.skipped,
      most: 0,
      unit: "",
    }),
    fact(`${name}, counted and written down`, { value: startSeconds, most: 5, unit: "s" }),
    fact(`${name}, all`, { value: seconds, most: mostSeconds, unit: "s" }),
  ];
}

/** So many of the newest leads, as somebody chooses them: by the day or moment they came. */
async function newest({ connectionString }: Office, leads: number) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ since: Date; total: number }>(
      `SELECT since, (SELECT count(*)::int FROM leads WHERE created_at >= since) AS total
        FROM (SELECT created_at AS since FROM leads ORDER BY created_at DESC OFFSET $1 LIMIT 1) AS place`,
      [leads - 1],
    );
    const [place] = rows;
    if (!place) throw new Error("There are too few leads");
    const query = { createdFrom: place.since.toISOString() };
    return { total: place.total, selection: { kind: "matching", query, except: [] } };
  } finally {
    await client.end();
  }
}

/** Reads a file to its end. */
async function download(
  url: string,
  { accessToken, ...wish }: { accessToken: string; selection: object; format: (typeof formats)[number] },
): Promise<{ lines: number; bytes: number }> {
  const response = await fetch(`${url}/api/leads/export`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify(wish),
  });
  if (!response.ok || !response.body) throw new Error(`The export was refused: ${await response.text()}`);
  let bytes = 0;
  let lines = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines += 1;
  }
  return { lines, bytes };
}

/** A call of the tRPC door: with an input it changes something. */
async function ask<Answer>(
  { ours, session }: Office,
  call: string,
  { input, answer }: { input?: object; answer: { parse(value: unknown): Answer } },
): Promise<Answer> {
  const response = await fetch(`${ours.url}/trpc/${call}`, {
    headers: { authorization: `Bearer ${await session.accessToken()}`, "content-type": "application/json" },
    ...(input && { method: "POST", body: JSON.stringify(input) }),
  });
  if (!response.ok) throw new Error(`${call} answered ${response.status}: ${await response.text()}`);
  return answer.parse(JSON.parse(await response.text()).result.data);
}
