import { readFile, writeFile } from "node:fs/promises";
import { encodeCursor } from "@intake/core/leads/list-cursor";
import pg from "pg";

export interface Target {
  method: "GET" | "PATCH" | "POST";
  path: string;
  body?: string;
}

/** What is measured, and what the product must keep of the floor's requests per second. */
export interface Scenario {
  name: string;
  leastRatio: number;
  /** Requests of one burst. A write needs other leads in each burst, so that every request changes something. */
  targets(burst: number): Target[];
  headers?: Record<string, string>;
  uploadFile?: string;
  /** Leaves work behind that would slow the next burst down. */
  isSubmission?: boolean;
}

const readRatio = 0.4;
const writeRatio = 0.6;
/** More than one burst can take, so that no lead comes twice in it. */
const leadsPerBurst = 12_000;
const deepRow = 50_000;
const boundary = "intake-bench-3f1c9a70";

/** The scenarios of the issue, on the leads of one database. `uploadFile` is where the body of a submission is laid. */
export async function readScenarios(
  connectionString: string,
  files: { resume: string; uploadFile: string },
): Promise<Scenario[]> {
  await writeFile(files.uploadFile, await multipartBody(files.resume));
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const sampled = await client.query<{ id: string; email: string }>(
      "SELECT id, email FROM leads WHERE hashtext(reference) % 50 = 0 ORDER BY id",
    );
    const deep = await client.query<{ id: string; created_at: Date }>(
      "SELECT id, created_at FROM leads ORDER BY created_at DESC, id DESC LIMIT 50 OFFSET $1",
      [deepRow],
    );
    if (deep.rows.length === 0) throw new Error(`Needs more than ${deepRow} leads`);
    const waiting = await client.query<{ id: string }>(
      "SELECT id FROM leads WHERE status = 'PENDING' ORDER BY hashtext(reference)",
    );
    return buildScenarios(
      { sampled: sampled.rows, deep: deep.rows, waiting: waiting.rows },
      files.uploadFile,
    );
  } finally {
    await client.end();
  }
}

interface Samples {
  sampled: { id: string; email: string }[];
  deep: { id: string; created_at: Date }[];
  waiting: { id: string }[];
}

function buildScenarios({ sampled, deep, waiting }: Samples, uploadFile: string): Scenario[] {
  const get = (path: string): Target => ({ method: "GET", path });
  const reads = (name: string, targets: Target[]): Scenario => ({
    name,
    leastRatio: readRatio,
    targets: () => targets,
  });
  const cursors = deep.map(({ id, created_at }) =>
    encodeCursor({
      sort: "createdAt",
      order: "desc",
      direction: "next",
      key: [created_at.toISOString()],
      id,
    }),
  );
  const byName = ["PENDING", "REACHED_OUT"].flatMap((status) =>
    ["asc", "desc"].map((order) => `/api/leads?status=${status}&sort=lastName&order=${order}`),
  );
  return [
    reads("list, first page", [get("/api/leads")]),
    reads(
      `list, row ${deepRow.toLocaleString("en")} on (cursor)`,
      cursors.map((cursor) => get(`/api/leads?cursor=${cursor}`)),
    ),
    reads("list, one status by last name", byName.map(get)),
    reads(
      "exact email",
      sampled.map(({ email }) => get(`/api/leads?email=${encodeURIComponent(email)}`)),
    ),
    reads(
      "one lead",
      sampled.map(({ id }) => get(`/api/leads/${id}`)),
    ),
    {
      name: "submit, PDF of 200 KB",
      leastRatio: writeRatio,
      targets: () => [{ method: "POST", path: "/api/leads" }],
      headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
      uploadFile,
      isSubmission: true,
    },
    {
      name: "status update",
      leastRatio: writeRatio,
      targets: (burst) => statusChanges(waiting, burst),
      headers: { "content-type": "application/json" },
    },
  ];
}

/** PENDING to REACHED_OUT, then the same leads back. */
function statusChanges(waiting: { id: string }[], burst: number): Target[] {
  const start = (burst * leadsPerBurst) % waiting.length;
  const leads = [...waiting, ...waiting].slice(start, start + Math.min(leadsPerBurst, waiting.length));
  return ["REACHED_OUT", "PENDING"].flatMap((status) =>
    leads.map(
      ({ id }): Target => ({ method: "PATCH", path: `/api/leads/${id}`, body: JSON.stringify({ status }) }),
    ),
  );
}

async function multipartBody(resume: string): Promise<Buffer> {
  const fields = { firstName: "Minh Khai", lastName: "Nguyễn Thị", email: "minhkhai.nguyen@mail.example" };
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="resume"; filename="resume.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(parts.join("") + head),
    await readFile(resume),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}
