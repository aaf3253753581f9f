import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddedResume } from "@intake/core/resume-files/schema";
import { afterEach, expect, test } from "vitest";
import { addResume } from "./add-resume";
import { CallFailed } from "./failure";

const leadId = "0199b3c0-0000-7000-8000-000000000001";
const added: AddedResume = {
  isNew: true,
  version: {
    id: "0199b3c0-0000-7000-8000-000000000002",
    fileName: "CV.pdf",
    format: "PDF",
    sizeBytes: 8,
    sha256: "9f3a21c7",
    scanState: "PENDING",
    scanReason: null,
    createdAt: "2026-11-24T09:14:00.000Z",
    addedBy: "Ana",
    isNewest: true,
    sameAs: null,
  },
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the test server has no port");
  return `http://127.0.0.1:${address.port}`;
}

/** Signed in with the token `spent`, and with `fresh` once that was refused. */
function signedIn() {
  let token = "spent";
  const reject = (refused: unknown) => {
    token = "fresh";
    return refused === "spent";
  };
  return { accessToken: async () => token, reject };
}

async function readFile(request: IncomingMessage): Promise<File> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  const file = (await new Response(Buffer.concat(chunks), { headers }).formData()).get("resume");
  if (!(file instanceof File)) throw new Error("there is no file in the form");
  return file;
}

const input = (baseUrl: string, signal?: AbortSignal) => ({
  ...{ baseUrl, leadId, ...(signal ? { signal } : {}) },
  resume: { name: "Hồ sơ “1”.pdf", bytes: new TextEncoder().encode("%PDF-1.7") },
});

async function failure(promise: Promise<unknown>): Promise<CallFailed["failure"]> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (error instanceof CallFailed) return error.failure;
  throw new Error(`expected a CallFailed, got ${String(error)}`);
}

test("sends the file alone, once more with a new token after a 401, and returns the version", async () => {
  const seen: { url: string | undefined; token: string | undefined; name: string; text: string }[] = [];
  const baseUrl = await serve(async (request, response) => {
    const file = await readFile(request);
    const token = request.headers.authorization;
    seen.push({ url: request.url, token, name: file.name, text: await file.text() });
    const isFresh = token === "Bearer fresh";
    response.writeHead(isFresh ? 201 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(isFresh ? added : { code: "UNAUTHORIZED", detail: "Sign in to go on." }));
  });
  expect(await addResume(signedIn(), input(baseUrl))).toEqual(added);
  const sent = { url: `/api/leads/${leadId}/resumes`, name: "Hồ sơ “1”.pdf", text: "%PDF-1.7" };
  expect(seen).toEqual([
    { ...sent, token: "Bearer spent" },
    { ...sent, token: "Bearer fresh" },
  ]);
});

test("a refusal is in the server's words, at its field", async () => {
  const errors = [{ path: "resume", message: "“CV.pdf” is empty (0 bytes)." }];
  const baseUrl = await serve((request, response) => {
    request.resume();
    response.writeHead(422, { "content-type": "application/problem+json", "retry-after": "5" });
    response.end(JSON.stringify({ code: "UNPROCESSABLE_CONTENT", detail: errors[0]?.message, errors }));
  });
  expect(await failure(addResume(signedIn(), input(baseUrl)))).toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
    message: "“CV.pdf” is empty (0 bytes).",
    fieldErrors: errors,
    retryAfterSeconds: 5,
  });
});

test("no answer, another's answer and a stop are told apart", async () => {
  const page = await serve((_request, response) => response.end("<h1>Welcome to the hotel</h1>"));
  expect(await failure(addResume(signedIn(), input(page)))).toMatchObject({ code: "UNREACHABLE" });
  const cut = await serve((request) => request.socket.destroy());
  expect(await failure(addResume(signedIn(), input(cut)))).toMatchObject({
    code: "UNREACHABLE",
    message:
      "The connection was lost before the answer arrived. Send the file again: it is never added twice.",
  });
  const stopped = AbortSignal.abort();
  expect(await failure(addResume(signedIn(), input(cut, stopped)))).toMatchObject({ code: "ABORTED" });
});
