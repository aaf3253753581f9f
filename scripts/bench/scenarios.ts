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

const readRatio = 0.8;
const writeRatio = 0.85;
/** More than one burst can take, so that no lead comes twice in it. */
const leadsPerBurst = 12_000;
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
      "SELECT id, created_at FROM leads ORDER BY created_at DESC, id DESC LIMIT 50 OFFSET (SELECT sum(total) / 2 FROM lead_counts)",
    );
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
  const filtered = deep
    .slice(0, 20)
    .map(({ created_at }) => created_at.toISOString().slice(0, 10))
    .flatMap((day) => [
      "/api/leads?status=PENDING",
      `/api/leads?status=REACHED_OUT&createdFrom=${day}&createdTo=${day}`,
    ]);
  const parts = sampled.slice(0, 200).map(({ email }) => email.slice(0, 9).split("@")[0] ?? "");
  return [
    reads("list, first page", [get("/api/leads")]),
    reads("list, filtered", filtered.map(get)),
    reads(
      "list, from the middle on (cursor)",
      cursors.map((cursor) => get(`/api/leads?cursor=${cursor}`)),
    ),
    reads("list, one status by last name", byName.map(get)),
    reads(
      "part of a name",
      ["son", "mar", "garc", "now", "ller", "anna"].map((part) => get(`/api/leads?in=person&q=${part}`)),
    ),
    reads(
      "word of resumes",
      ["zymurgy", "asylum"].map((word) => get(`/api/leads?in=resume&q=${word}`)),
    ),
    reads(
      "part of an email",
      parts.map((part) => get(`/api/leads?email=${encodeURIComponent(part)}`)),
    ),
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
