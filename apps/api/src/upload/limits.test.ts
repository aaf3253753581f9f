import { readFixture } from "@intake/documents/samples/fixture";
import { expect, onTestFinished, test, vi } from "vitest";
import { formParts, multipartBody, multipartType, pdfOfSize } from "../testing/multipart";
import { postHead, sendRaw } from "../testing/raw-request";
import { readProblem } from "../testing/read-answer";
import { startTestApp } from "../testing/test-app";

const megabyte = 1024 ** 2;

test("the size and the formats of the settings hold at the door, on the form and in the API's description", async () => {
  const app = await startTestApp({ resumeLimits: { maxBytes: megabyte, formats: ["PDF", "DOCX"] } });
  onTestFinished(() => app.close());

  const accepted = await app.submit(formParts({}, { value: pdfOfSize(megabyte) }));
  expect(accepted.status).toBe(201);
  const large = await readProblem(await app.submit(formParts({}, { value: pdfOfSize(megabyte + 1) })), 413);
  expect(large).toMatchObject({
    errors: [{ path: "resume", message: expect.stringContaining("up to 1 MB") }],
  });
  const doc = { value: readFixture("resume.doc"), fileName: "resume.doc" };
  const wrongFormat = await readProblem(await app.submit(formParts({}, doc)), 422);
  expect(wrongFormat).toMatchObject({
    errors: [{ path: "resume", message: expect.stringContaining("“resume.doc” is not a PDF or DOCX file") }],
  });
  expect(await app.countLeads()).toBe(1);
  expect(await (await app.fetch("/")).text()).toContain(
    '"resumeLimits":{"maxBytes":1048576,"formats":["PDF","DOCX"]}',
  );
  const document = await (await app.fetch("/api/openapi.json")).text();
  expect(document).toContain("The resume is PDF or DOCX, decided by its content, up to 1 MB.");
});

test("over the quota nothing is taken, with an honest answer, a log line and a metric", async () => {
  const app = await startTestApp({ quotaBytes: megabyte });
  onTestFinished(() => app.close());

  expect((await app.submit(formParts({}, { value: pdfOfSize(megabyte - 1000) }))).status).toBe(201);
  const answer = await app.submit(formParts({}, { value: pdfOfSize(2000) }));
  expect(answer.headers.get("Retry-After")).toBe("3600");
  expect(await readProblem(answer, 503)).toMatchObject({
    detail: "We cannot take files right now. Please call or write to us, or try again later.",
  });
  expect(await app.countLeads()).toBe(1);
  expect(await app.countObjects()).toBe(1);
  await expect.poll(() => app.spooled()).toEqual([]);
  expect(app.logged().filter(({ event }) => event === "storage_full")).toHaveLength(1);
  expect(app.logged().filter(({ event }) => event === "storage_nearly_full")).toHaveLength(1);
  const metrics = await app.measured("office");
  expect(metrics).toContain('intake_lead_submissions_total{outcome="over_quota"} 1');
  expect(metrics).toContain(`intake_storage_quota_bytes ${megabyte}`);
  expect(metrics).toMatch(/^intake_storage_used_bytes 1047576$/m);
});

test("two hundred uploads that drip in do not keep the next one out: the slowest of them is asked to come back", async () => {
  const app = await startTestApp();
  onTestFinished(() => app.close());
  const body = multipartBody(formParts({}, { value: pdfOfSize(megabyte) }));
  const head = postHead({ "Content-Type": multipartType, "Content-Length": body.length });
  const part = Buffer.concat([Buffer.from(head), body.subarray(0, 1000)]);
  const answered: number[] = [];
  // However long a busy machine takes to let them in, none is slow before we say so.
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  for (let count = 0; count < 210; count += 1)
    void sendRaw(app.port, part).then(({ status }) => answered.push(status));
  await expect.poll(() => answered, { timeout: 20_000 }).toEqual(Array(10).fill(503));
  expect((await app.submit(formParts())).status).toBe(503);
  clock.mockReturnValue(6_000);
  expect((await app.submit(formParts())).status).toBe(201);
  await expect.poll(() => answered).toEqual(Array(11).fill(503));
});
