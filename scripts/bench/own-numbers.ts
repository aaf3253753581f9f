import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type ClientRequest, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { memoryOf, type ServerProcess } from "./processes";

const uploads = 100;
const uploadBytes = 5 * 1024 * 1024;
const boundary = "intake-bench-5d2e8b41";

/** Bytes of JavaScript and CSS that the form page makes a browser load, compressed as they travel. */
export async function measureFormPage(server: ServerProcess): Promise<number> {
  const page = await fetch(`${server.url}/`);
  const html = await page.text();
  const files = new Set(
    [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? ""),
  );
  if (files.size === 0) throw new Error("The form page names no script and no style sheet");
  let bytes = 0;
  for (const path of files) bytes += await transferredBytes(server.url + path);
  return bytes;
}

async function transferredBytes(address: string): Promise<number> {
  const call = request(address, { headers: { "Accept-Encoding": "gzip" } });
  call.end();
  const [response] = await once(call, "response");
  if (response.statusCode !== 200) throw new Error(`${address} answered ${response.statusCode}`);
  return (await buffer(response)).length;
}

/** What 100 uploads of 5 MB that are all under way at once add to the memory of an idle server, in bytes. */
export async function measureUploadMemory(server: ServerProcess, resume: string): Promise<number> {
  const body = uploadBody(await largeResume(resume));
  // The first uploads start threads and load code; that is not what is asked.
  for (let round = 0; round < 3; round++) {
    await Promise.all(Array.from({ length: 4 }, () => finishUpload(beginUpload(server.url, body), body)));
  }
  await delay(3_000);
  const idle = (await memoryOf(server.pid)).now;
  let peak = idle;
  let isDone = false;
  const watching = (async () => {
    while (!isDone) {
      peak = Math.max(peak, (await memoryOf(server.pid)).now);
      await delay(10);
    }
  })();
  const calls = Array.from({ length: uploads }, () => beginUpload(server.url, body));
  // Each has sent all but its end before the first may end.
  await Promise.all(calls.map(({ sent }) => sent));
  const statuses = await Promise.all(calls.map((call) => finishUpload(call, body)));
  isDone = true;
  await watching;
  const refused = statuses.filter((status) => status !== 201);
  if (refused.length > 0)
    throw new Error(`${refused.length} uploads were refused, the first with ${refused[0]}`);
  return peak - idle;
}

/** Submits a resume of exactly the size limit. */
export async function submitLargeResume(url: string, resume: string): Promise<{ id: string }> {
  const response = await fetch(`${url}/api/leads`, {
    method: "POST",
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
    body: new Uint8Array(uploadBody(await largeResume(resume))),
  });
  return leadReceiptSchema.parse(await response.json());
}

interface Upload {
  call: ClientRequest;
  sent: Promise<unknown>;
}

const heldBackBytes = 1024;

function beginUpload(url: string, body: Buffer): Upload {
  const call = request(`${url}/api/leads`, {
    method: "POST",
    headers: {
      "Content-Type": `multipart/form-data; boundary=${boundary}`,
      "Content-Length": body.length,
      "Idempotency-Key": randomUUID(),
    },
  });
  const sent = new Promise((resolve, reject) => {
    call.once("error", reject);
    call.write(body.subarray(0, body.length - heldBackBytes), resolve);
  });
  return { call, sent };
}

async function finishUpload({ call, sent }: Upload, body: Buffer): Promise<number> {
  await sent;
  const answered = once(call, "response");
  call.end(body.subarray(body.length - heldBackBytes));
  const [response] = await answered;
  await buffer(response);
  return response.statusCode;
}

/** A PDF of exactly the size limit: a real one, a long comment, and its own end again. */
async function largeResume(resume: string): Promise<Buffer> {
  const bytes = await readFile(resume);
  const end = bytes.subarray(bytes.lastIndexOf("startxref"));
  const comment = Buffer.alloc(uploadBytes - bytes.length - end.length, "x");
  comment.write("\n%");
  comment.write("\n", comment.length - 1);
  return Buffer.concat([bytes, comment, end]);
}

function uploadBody(resume: Buffer): Buffer {
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head =
    field("firstName", "Łucja") +
    field("lastName", "Wiśniewska") +
    field("email", "lucja.wisniewska@mail.example") +
    `--${boundary}\r\nContent-Disposition: form-data; name="resume"; filename="resume.pdf"\r\n` +
    "Content-Type: application/pdf\r\n\r\n";
  return Buffer.concat([Buffer.from(head), resume, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
