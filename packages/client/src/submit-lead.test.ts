import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { SubmitLeadError, type SubmitLeadInput, submitLead } from "./submit-lead";

const receipt = {
  id: "0199b3c0-0000-7000-8000-000000000001",
  reference: "INT-7K4Q-92FD",
  status: "PENDING",
  receivedAt: "2026-11-24T09:14:00.000Z",
  resume: { fileName: "CV.pdf", sizeBytes: 8, sha256: "9f3a21c7" },
  receiptUrl: "http://localhost:3000/received/abc",
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

function input(baseUrl: string, more: Partial<SubmitLeadInput> = {}): SubmitLeadInput {
  return {
    baseUrl,
    fields: { firstName: "Minh Khai", lastName: "Nguyễn Thị", email: "a+b@x.co" },
    resume: { name: "Hồ sơ “1”.pdf", bytes: new TextEncoder().encode("%PDF-1.7") },
    idempotencyKey: "key-1",
    ...more,
  };
}

async function readForm(request: IncomingMessage): Promise<FormData> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  return new Response(Buffer.concat(chunks), { headers }).formData();
}

async function failure(promise: Promise<unknown>): Promise<SubmitLeadError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SubmitLeadError) return error;
  throw new Error(`expected a SubmitLeadError, got ${String(error)}`);
}

describe("submitLead", () => {
  it("sends fields, file, key and headers, and returns the receipt", async () => {
    let seen: { form: FormData; headers: IncomingMessage["headers"]; url: string | undefined } | undefined;
    const baseUrl = await serve(async (request, response) => {
      seen = { form: await readForm(request), headers: request.headers, url: request.url };
      response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify(receipt));
    });

    expect(await submitLead(input(baseUrl))).toEqual(receipt);

    expect(seen?.url).toBe("/api/leads");
    expect(seen?.headers["idempotency-key"]).toBe("key-1");
    expect(seen?.headers.accept).toBe("application/json");
    expect(seen?.headers["x-requested-with"]).toBe("intake");
    expect([...(seen?.form.keys() ?? [])]).toEqual(["firstName", "lastName", "email", "resume"]);
    expect(seen?.form.get("lastName")).toBe("Nguyễn Thị");
    const file = seen?.form.get("resume");
    expect(file).toBeInstanceOf(File);
    if (file instanceof File) {
      expect(file.name).toBe("Hồ sơ “1”.pdf");
      expect(await file.text()).toBe("%PDF-1.7");
    }
  });

  it("carries the problem document, the wait and the request id", async () => {
    const problem = {
      title: "Unprocessable content",
      detail: "One thing to fix.",
      code: "UNPROCESSABLE_CONTENT",
      requestId: "r-1",
      errors: [{ path: "email", message: "Add the @ sign, like name@gmail.com." }, { nonsense: true }],
    };
    const baseUrl = await serve((request, response) => {
      request.resume();
      response.writeHead(422, { "retry-after": "7" }).end(JSON.stringify(problem));
    });

    const error = await failure(submitLead(input(baseUrl)));

    expect(error).toMatchObject({
      kind: "problem",
      message: "One thing to fix.",
      status: 422,
      code: "UNPROCESSABLE_CONTENT",
      requestId: "r-1",
      retryAfterSeconds: 7,
      errors: [{ path: "email", message: "Add the @ sign, like name@gmail.com." }],
    });
  });

  it("reads a Retry-After date and survives a proxy's HTML", async () => {
    const baseUrl = await serve((request, response) => {
      request.resume();
      const inAMinute = new Date(Date.now() + 60_000).toUTCString();
      response
        .writeHead(503, { "retry-after": inAMinute, "x-request-id": "r-2" })
        .end("<h1>Bad gateway</h1>");
    });

    const error = await failure(submitLead(input(baseUrl)));

    expect(error).toMatchObject({ kind: "problem", status: 503, errors: [], requestId: "r-2" });
    expect(error.retryAfterSeconds).toBeGreaterThan(50);
    expect(error.retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  it("does not take a sign-in page with status 200 for a receipt", async () => {
    const baseUrl = await serve((request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "text/html" }).end("<title>Hotel Wi-Fi</title>");
    });
    expect((await failure(submitLead(input(baseUrl)))).kind).toBe("network");
  });

  it("calls a dropped connection, a silent server and a closed port a network failure", async () => {
    const dropping = await serve((request) => request.socket.destroy());
    expect((await failure(submitLead(input(dropping)))).kind).toBe("network");

    const silent = await serve((request) => request.resume());
    expect((await failure(submitLead(input(silent, { patienceMs: 100 })))).kind).toBe("network");

    const gone = await serve(() => undefined);
    await stops.pop()?.();
    expect((await failure(submitLead(input(gone)))).kind).toBe("network");
  });

  it("stops when the caller says so, before and during the sending", async () => {
    const controller = new AbortController();
    const baseUrl = await serve(() => controller.abort());
    expect((await failure(submitLead(input(baseUrl, { signal: controller.signal })))).kind).toBe("aborted");
    expect((await failure(submitLead(input(baseUrl, { signal: AbortSignal.abort() })))).kind).toBe("aborted");
  });

  it("takes a Blob as it is", async () => {
    let size = 0;
    const baseUrl = await serve(async (request, response) => {
      const file = (await readForm(request)).get("resume");
      size = file instanceof File ? file.size : -1;
      response.writeHead(201).end(JSON.stringify(receipt));
    });
    await submitLead(input(baseUrl, { resume: { name: "CV.docx", bytes: new Blob(["12345"]) } }));
    expect(size).toBe(5);
  });
});
