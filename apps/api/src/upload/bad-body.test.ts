import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { boundary, formParts, multipartBody, multipartType, pdfOfSize } from "../testing/multipart";
import { expectNothingLeft } from "../testing/nothing-left";
import { postHead, sendCut, sendRaw } from "../testing/raw-request";
import { readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => expectNothingLeft(app));

describe("a body", () => {
  test.each([
    ["without a boundary", "multipart/form-data", 400],
    ["with an empty boundary", "multipart/form-data; boundary=", 400],
    ["with another boundary than it says", "multipart/form-data; boundary=other", 400],
    ["of JSON", "application/json", 415],
    ["of a plain form", "application/x-www-form-urlencoded", 415],
    ["of multipart/mixed", `multipart/mixed; boundary=${boundary}`, 415],
  ])("%s is refused", async (_name, type, status) => {
    const body = new Uint8Array(multipartBody(formParts()));
    await readProblem(
      await app.fetch("/api/leads", { method: "POST", headers: { "Content-Type": type }, body }),
      status,
    );
  });

  test("without a type, or with nothing in it, is refused", async () => {
    expect((await sendRaw(app.port, `${postHead({ "Content-Length": 1 })}x`)).status).toBe(415);
    expect(
      (await sendRaw(app.port, postHead({ "Content-Type": multipartType, "Content-Length": 0 }))).status,
    ).toBe(400);
  });

  test("that ends in the middle, although its length is right, is 400", async () => {
    const whole = multipartBody(formParts());
    for (const bytes of [10, 200, whole.length - 2 * boundary.length, whole.length - boundary.length]) {
      const response = await app.fetch("/api/leads", {
        method: "POST",
        headers: { "Content-Type": multipartType },
        body: new Uint8Array(whole.subarray(0, bytes)),
      });
      await readProblem(response, 400);
    }
  });

  test("with a broken part head is 400, and the answer arrives although bytes follow", async () => {
    const junk = Buffer.concat([
      Buffer.from(`--${boundary}\r\n: \u0001\u0002\r\n\r\n`),
      Buffer.alloc(2 * 1024 * 1024, "x"),
    ]);
    await readProblem(
      await app.fetch("/api/leads", {
        method: "POST",
        headers: { "Content-Type": multipartType },
        body: new Uint8Array(junk),
      }),
      400,
    );
  });

  test("longer than it said is not read as a second request", async () => {
    const body = multipartBody(formParts());
    const head = postHead({ "Content-Type": multipartType, "Content-Length": body.length - 5_000 });
    const { status, text } = await sendRaw(app.port, Buffer.concat([Buffer.from(head), body]));
    expect(status).toBe(400);
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  test.each(["-1", "1e3", "5, 6", "99999999999999999999"])(
    "with Content-Length %s is 400 or 413",
    async (length) => {
      const { status } = await sendRaw(
        app.port,
        postHead({ "Content-Type": multipartType, "Content-Length": length }),
      );
      expect([400, 413]).toContain(status);
    },
  );

  test("with both a length and chunks is 400 (request smuggling)", async () => {
    const head = postHead({
      "Content-Type": multipartType,
      "Content-Length": 5,
      "Transfer-Encoding": "chunked",
    });
    expect((await sendRaw(app.port, `${head}0\r\n\r\nGET / HTTP/1.1\r\n\r\n`)).status).toBe(400);
  });

  test.each(["resume", "avatar"])("cut off inside its %s file leaves nothing behind", async (name) => {
    const body = multipartBody(formParts({}, { name, value: pdfOfSize(3 * 1024 * 1024) }));
    const head = Buffer.from(postHead({ "Content-Type": multipartType, "Content-Length": body.length }));
    for (const bytes of [0, 100, 560, 600, 700_000, body.length - 30]) {
      await sendCut(app.port, Buffer.concat([head, body.subarray(0, bytes)]));
    }
    await expect
      .poll(() => app.logged().filter((line) => line.status === 499).length)
      .toBeGreaterThanOrEqual(6);
  });
});
