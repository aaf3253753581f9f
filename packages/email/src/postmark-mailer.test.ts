import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { OutgoingMail } from "@intake/core/ports/mailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPostmarkMailer } from "./postmark-mailer";

// A server that answers as Postmark's API does (postmarkapp.com/developer/api), because Postmark has no emulator.
interface Call {
  method: string | undefined;
  url: URL;
  token: string | string[] | undefined;
  body: Record<string, unknown>;
}

let server: Server;
let calls: Call[];
let answer: (call: Call, response: ServerResponse) => void;

beforeEach(async () => {
  calls = [];
  server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const call = {
    method: request.method,
    url: new URL(request.url ?? "/", "http://postmark.test"),
    token: request.headers["x-postmark-server-token"],
    body: text === "" ? {} : JSON.parse(text),
  };
  calls.push(call);
  answer(call, response);
}

function answerWith(status: number, body: unknown, headers: Record<string, string> = {}): void {
  answer = (_call, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

function portOf(): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return address.port;
}

function mailer(timeoutSeconds = 5, requestHost = `127.0.0.1:${portOf()}`) {
  return createPostmarkMailer({
    serverToken: "token-1",
    messageStream: "outbound",
    requestHost,
    useHttps: false,
    timeoutSeconds,
  });
}

const id = "01976a3e-0000-7000-8000-000000000001";
const mail: OutgoingMail = {
  id,
  to: "minh@gmail.example",
  from: '"Calder & Rowe" <intake@calderrowe.example>',
  replyTo: "ana@x.example",
  subject: "We have it: INT-7K4Q-92FD",
  html: "<p>Hồ sơ</p>",
  text: "Hồ sơ",
  tag: "lead-receipt",
};
const accepted = {
  To: mail.to,
  SubmittedAt: "2026-11-24T09:14:00Z",
  MessageID: "pm-1",
  ErrorCode: 0,
  Message: "OK",
};

describe("sending", () => {
  it("hands over the whole mail with an id that can be found again", async () => {
    answerWith(200, accepted);
    expect(await mailer().send(mail)).toEqual({ outcome: "sent", providerMessageId: "pm-1" });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ method: "POST", token: "token-1", url: { pathname: "/email" } });
    expect(calls[0]?.body).toEqual({
      MessageStream: "outbound",
      From: '"Calder & Rowe" <intake@calderrowe.example>',
      To: "minh@gmail.example",
      ReplyTo: "ana@x.example",
      Subject: "We have it: INT-7K4Q-92FD",
      HtmlBody: "<p>Hồ sơ</p>",
      TextBody: "Hồ sơ",
      Tag: "lead-receipt",
      TrackOpens: false,
      Metadata: { "outbox-id": id },
      Headers: [
        { Name: "Message-ID", Value: `<${id}@calderrowe.example>` },
        { Name: "X-PM-KeepID", Value: "true" },
      ],
    });
  });

  it("sends the same mail the second time, Message-ID included", async () => {
    answerWith(200, accepted);
    const driver = mailer();
    await driver.send(mail);
    await driver.send(mail);
    expect(calls[1]?.body).toEqual(calls[0]?.body);
  });

  it("writes international domains as the provider takes them", async () => {
    answerWith(200, accepted);
    await mailer().send({ ...mail, to: "o'brien@bücher.example", replyTo: "李@例え.jp" });
    expect(calls[0]?.body).toMatchObject({
      To: "o'brien@xn--bcher-kva.example",
      ReplyTo: "李@xn--r8jz45g.jp",
    });
  });

  it.each(["a@x.example,b@x.example", "a@x.example\r\nBcc: b@x.example"])(
    "sends nothing to %j",
    async (to) => {
      answerWith(200, accepted);
      expect(await mailer().send({ ...mail, to })).toMatchObject({ outcome: "rejected" });
      expect(calls).toEqual([]);
    },
  );
});

describe("answers", () => {
  it.each([
    ["an inactive recipient", 422, 406, "suppressed"],
    ["an invalid mail", 422, 300, "rejected"],
    ["a wrong field", 422, 403, "rejected"],
    ["another refusal with a code", 404, 701, "rejected"],
    ["a wrong token", 401, 10, "paused"],
    ["an unknown sender address", 422, 400, "paused"],
    ["an unconfirmed sender address", 422, 401, "paused"],
    ["an account out of credit", 422, 405, "paused"],
    ["an account that may not send", 422, 413, "paused"],
    ["an unknown message stream", 422, 1235, "paused"],
    ["the rate limit", 429, 429, "retry"],
    ["maintenance", 422, 100, "retry"],
    ["a fault of the provider's", 500, 0, "retry"],
    ["an overload", 503, 100, "retry"],
    ["a gateway's time-out", 504, 0, "retry"],
    ["a proxy's refusal", 403, 0, "retry"],
  ])("%s (HTTP %i, code %i) is %s", async (...[, status, code, outcome]) => {
    answerWith(status, { ErrorCode: code, Message: "Refused: 'minh@gmail.example'." });
    const result = await mailer().send(mail);
    expect(result.outcome).toBe(outcome);
    expect("reason" in result ? result.reason : "").toMatch(/\w{3,}.*\w/u);
    expect(JSON.stringify(result)).not.toMatch(/minh@|token-1/u);
  });

  it("keeps the provider's words and codes for whoever has to mend it", async () => {
    answerWith(422, { ErrorCode: 300, Message: "Invalid 'To' address: 'minh@gmail.example'." });
    expect(await mailer().send(mail)).toEqual({
      outcome: "rejected",
      reason: "The mail provider refused this mail (HTTP 422, code 300): Invalid 'To' address: '(address)'.",
    });
  });

  it("waits as long as it is told, in either form of the header", async () => {
    const refusal = { ErrorCode: 429, Message: "Slow down" };
    answerWith(429, refusal, { "retry-after": "17" });
    expect(await mailer().send(mail)).toMatchObject({ outcome: "retry", retryAfterSeconds: 17 });
    answerWith(503, refusal, { "retry-after": new Date(Date.now() + 90_000).toUTCString() });
    const dated = await mailer().send(mail);
    const seconds = dated.outcome === "retry" ? (dated.retryAfterSeconds ?? 0) : 0;
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThanOrEqual(90);
  });

  it.each<Record<string, string>>([{}, { "retry-after": "soon" }, { "retry-after": "-5" }])(
    "makes up no wait from %j",
    async (headers) => {
      answerWith(429, { ErrorCode: 429, Message: "Slow down" }, headers);
      expect(await mailer().send(mail)).not.toHaveProperty("retryAfterSeconds");
    },
  );

  it.each(["", "<html>Bad gateway</html>", "{}", '{"ErrorCode":0}'])(
    "does not take %j for an acceptance",
    async (body) => {
      answerWith(200, body);
      expect(await mailer().send(mail)).toMatchObject({ outcome: "retry" });
    },
  );
});

describe("no answer", () => {
  it("counts silence as unknown", async () => {
    answer = () => undefined;
    expect(await mailer(0.2).send(mail)).toMatchObject({ outcome: "retry" });
    expect(calls).toHaveLength(1);
  });

  it("counts an answer that stops in the middle as unknown", async () => {
    answer = (_call, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
      response.write('{"ErrorCode":0,');
    };
    expect(await mailer(0.3).send(mail)).toMatchObject({ outcome: "retry" });
  });

  it("counts a connection that breaks as unknown", async () => {
    answer = (_call, response) => response.destroy();
    expect(await mailer().send(mail)).toMatchObject({ outcome: "retry" });
  });

  it("follows no redirect with a mail and a token in its hands", async () => {
    answerWith(307, "", { location: `http://127.0.0.1:${portOf()}/elsewhere` });
    expect(await mailer().send(mail)).toMatchObject({ outcome: "retry" });
    expect(calls).toHaveLength(1);
  });

  it("tries again when nobody listens", async () => {
    const host = `127.0.0.1:${portOf()}`;
    await new Promise((resolve) => server.close(resolve));
    expect(await mailer(5, host).send(mail)).toMatchObject({ outcome: "retry" });
    server = createServer().listen(0, "127.0.0.1");
  });
});

describe("finding a mail sent before", () => {
  function searchAnswer(...ids: string[]) {
    const Messages = ids.map((found, index) => ({
      MessageID: `pm-${index + 1}`,
      Metadata: { "outbox-id": found },
    }));
    answerWith(200, { TotalCount: ids.length, Messages });
  }

  it("asks by the id in the metadata and in its own stream", async () => {
    searchAnswer(id);
    expect(await mailer().findSent(id)).toBe("pm-1");
    expect(calls[0]).toMatchObject({ method: "GET", url: { pathname: "/messages/outbound" } });
    expect(calls[0]?.url.searchParams.get("metadata_outbox-id")).toBe(id);
    expect(calls[0]?.url.searchParams.get("messageStream")).toBe("outbound");
  });

  it("knows nothing of a mail that is not there", async () => {
    searchAnswer();
    expect(await mailer().findSent(id)).toBeNull();
  });

  it("does not believe an answer about other mails", async () => {
    searchAnswer("another-id");
    expect(await mailer().findSent(id)).toBeNull();
  });

  it.each([
    ["an error", 500, { ErrorCode: 0, Message: "Broken" }],
    ["a wrong token", 401, { ErrorCode: 10, Message: "Bad token" }],
    ["nonsense", 200, "<html></html>"],
  ])("cannot say after %s", async (_name, status, body) => {
    answerWith(status, body);
    expect(await mailer().findSent(id)).toBeNull();
  });

  it("cannot say when nobody answers", async () => {
    answer = () => undefined;
    expect(await mailer(0.2).findSent(id)).toBeNull();
  });
});

describe("settings", () => {
  it.each([0, -1, Number.NaN, 0.0001])("refuses a time-out of %d seconds at once", (timeoutSeconds) => {
    expect(() => mailer(timeoutSeconds)).toThrow(RangeError);
  });

  it("refuses an empty token at once", () => {
    expect(() =>
      createPostmarkMailer({ serverToken: " ", messageStream: "outbound", timeoutSeconds: 5 }),
    ).toThrow(/token/u);
  });
});
