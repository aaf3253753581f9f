import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createDocumentReader } from "@intake/documents/reading/document-reader";
import { hasClamd, startClamd } from "@intake/scanner/testing/start-clamd";
import pg from "pg";
import { memoryFlags } from "../setup/memory-flags.mjs";
import { childrenOf, findFreePort, memoryOf, type ServerProcess, startServer } from "./processes";
import { type Fact, fact } from "./table";

export const examineTitle = "examine";

interface ExamineInput {
  /** Of a server on which databases may be made. */
  connectionString: string;
  repository: string;
  directory: string;
  entry: string;
}

const queuedFiles = 1000;
/** Made by Word processors, browsers and printers of many languages; one has two hundred pages. */
const names = [
  ...["resume.pdf", "resume.docx", "resume.doc", "resume-chromium.pdf", "resume-linearized.pdf"],
  ...["resume-200kb.pdf", "password-owner.pdf"],
  ...[
    "arabic.docx",
    "arabic.pdf",
    "chinese.doc",
    "chinese.pdf",
    "five-pages.pdf",
    "fonts-not-embedded.pdf",
  ].map(inReading),
  ...["hebrew.doc", "hebrew.pdf", "japanese.docx", "japanese.pdf", "ligatures.docx", "ligatures.pdf"].map(
    inReading,
  ),
  ...["scan.pdf", "two-hundred-pages.pdf"].map(inReading),
];

function inReading(name: string): string {
  return `reading/${name}`;
}

interface File {
  name: string;
  bytes: Buffer;
}

/** How fast files that wait are examined, and what the processes that read them take. */
export async function measureExamination(input: ExamineInput): Promise<Fact[]> {
  const folder = join(input.repository, "tests/fixtures/resumes");
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })),
  );
  const longest = await measureLongest(files);
  const alone = await measureDrain(input, { files, environment: { SCANNER: "none" } });
  const facts = [
    fact(`${queuedFiles} files examined, no scanner`, { value: alone.perSecond, least: 20, unit: "files/s" }),
    fact("peak memory of a reading process", { value: alone.peakBytes / 1024 ** 2, most: 512, unit: "MB" }),
    fact("longest file, process not yet up", { value: longest, most: 20, unit: "s" }),
  ];
  if (!hasClamd()) return facts;
  const clamd = await startClamd();
  try {
    const environment = { SCANNER: "clamav", CLAMAV_ADDRESS: clamd.tcp };
    const { perSecond } = await measureDrain(input, { files, environment });
    return [
      ...facts,
      fact(`${queuedFiles} files examined, with clamd`, { value: perSecond, least: 5, unit: "files/s" }),
    ];
  } finally {
    await clamd.close();
  }
}

/** Seconds of the slowest file, each met by a process that must start for it. */
async function measureLongest(files: File[]): Promise<number> {
  let longest = 0;
  for (const { name, bytes } of files) {
    const limits = { size: 1, timeoutSeconds: 20, memoryMegabytes: 512, idleSeconds: 60, maxWaiting: 1 };
    const reader = createDocumentReader(limits);
    const begin = performance.now();
    const format = name.endsWith(".pdf") ? "PDF" : name.endsWith(".docx") ? "DOCX" : "DOC";
    const examined = await reader.examine({ bytes, format });
    longest = Math.max(longest, (performance.now() - begin) / 1000);
    await reader.close();
    if (!examined.ok) throw new Error(`${name} could not be examined: ${examined.failure}`);
  }
  return longest;
}

/** Submits every file, lets the worker come to rest, then queues all of them once more and watches. */
async function measureDrain(
  input: ExamineInput,
  { files, environment }: { files: File[]; environment: Record<string, string> },
): Promise<{ perSecond: number; peakBytes: number }> {
  const connectionString = await createDatabase(input.connectionString, `examine_${environment.SCANNER}`);
  const client = new pg.Client({ connectionString });
  const server = await startServer({
    ...{ entry: input.entry, readyPath: "/readyz", port: await findFreePort(), flags: memoryFlags },
    environment: {
      ...{ RATE_LIMITS: "off", LOG_LEVEL: "warn", MAIL: "file", DATABASE_URL: connectionString },
      ...{ DATA_DIR: join(input.directory, `examine-${environment.SCANNER}`), ...environment },
    },
  });
  try {
    await client.connect();
    for (let index = 0; index < queuedFiles; index++) {
      await submit(server, { file: files[index % files.length], index });
    }
    await untilExamined(client, server);
    await client.query("UPDATE outbox_mails SET state = 'SENT', sent_at = created_at WHERE state = 'QUEUED'");
    await client.query("DELETE FROM pgboss.job WHERE name = 'mail.deliver' AND state = 'created'");
    const begin = performance.now();
    for (const statement of queueAgain) await client.query(statement);
    const peakBytes = await untilExamined(client, server);
    return { perSecond: (queuedFiles * 1000) / (performance.now() - begin), peakBytes };
  } finally {
    await client.end();
    await server.stop();
  }
}

/** As if none had ever been looked at. The sweep leaves them alone, so each is queued once. */
const queueAgain = [
  "DELETE FROM resume_texts",
  `UPDATE resumes SET findings = NULL, scanned_with = NULL, scan_due_at = now() + interval '1 hour',
     scan_state = CASE WHEN scan_state = 'UNSCANNED' THEN scan_state ELSE 'PENDING' END`,
  "INSERT INTO pgboss.job (name, data) SELECT 'resume.scan', jsonb_build_object('resumeId', id) FROM resumes",
];

/** Resolves to the most memory a process of the server held meanwhile, in bytes. */
async function untilExamined(client: pg.Client, server: ServerProcess): Promise<number> {
  let peakBytes = 0;
  for (;;) {
    for (const pid of await childrenOf(server.pid)) {
      // It may end between the two looks.
      const memory = await memoryOf(pid).catch(() => null);
      peakBytes = Math.max(peakBytes, memory?.peak ?? 0);
    }
    const { rows } = await client.query("SELECT 1 FROM resumes WHERE findings IS NULL LIMIT 1");
    if (rows.length === 0) return peakBytes;
    await delay(50);
  }
}

async function submit(
  { url }: ServerProcess,
  { file, index }: { file: File | undefined; index: number },
): Promise<void> {
  if (!file) throw new Error("There are no files to submit");
  const form = new FormData();
  form.set("firstName", "Łucja");
  form.set("lastName", "Wiśniewska");
  form.set("email", `lucja${index}@mail.example`);
  form.set("resume", new Blob([new Uint8Array(file.bytes)]), file.name.replace("reading/", ""));
  const response = await fetch(`${url}/api/leads`, { method: "POST", body: form });
  if (response.status !== 201) throw new Error(`${file.name} was answered ${response.status}`);
}

async function createDatabase(connectionString: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const created = new URL(connectionString);
  created.pathname = `/${name}`;
  return created.href;
}
