import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../log";
import { startReceiver } from "../testing/start-receiver";
import { runWithOrigin } from "../tracing/origin";
import { openErrorReporter } from "./error-reporter";

let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

const secrets = [
  ...["Zwiebelfisch", "Quadratschädel", "zwiebelfisch@x.example", "Lebenslauf.pdf", "203.0.113.77"],
  ...["Bearer abc", "password=three", "tenancy dispute", "hostile"],
];

/** What a failing INSERT says, and everything around it that people have: the worst case a line of the log could hold. */
function fullOfPeople(): Error {
  const [name, family, email, file, address] = secrets;
  const cause = Object.assign(
    new Error(`duplicate key: (email)=(${email})\n    at hostile (/srv/${name}/${file}:1:1)`),
    { code: "23505", detail: `Key (email)=(${email}) already exists.`, file },
  );
  const error = new TypeError(`${name} ${family} <${email}> sent ${file} from ${address}`, { cause });
  return Object.assign(error, {
    request: { headers: { authorization: "Bearer abc" }, body: "password=three" },
  });
}

test("an unexpected error leaves with its types, codes and places in the code; nothing of anybody leaves with it", async () => {
  const dsn = `http://publickey@${receiver.host}/42`;
  const reporter = await openErrorReporter({ dsn, environment: "test" });
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => void lines.push(line) }, reporter);
  runWithOrigin({ requestId: "0190aaaa-0000-7000-8000-000000000000" }, () => {
    log.error(
      {
        ...{ error: fullOfPeople(), job: "mail.deliver", email: secrets[2], note: "tenancy dispute" },
        event: `sent to ${secrets[2]}`,
      },
      `a job of ${secrets[0]} failed`,
    );
  });
  log.info({ error: fullOfPeople() }, "expected");
  log.error({ waiting: 3 }, "no error in it");
  await reporter.stop(5);

  expect(receiver.received).toHaveLength(1);
  const [envelope] = receiver.received;
  expect(envelope?.path).toMatch(/^\/api\/42\/envelope\/\?.*sentry_key=publickey/);
  const event = JSON.parse(envelope?.body.trim().split("\n").at(-1) ?? "");
  expect(event).toMatchObject({
    level: "error",
    environment: "test",
    tags: { requestId: "0190aaaa-0000-7000-8000-000000000000", job: "mail.deliver" },
  });
  expect(event.release).toMatch(/^intake@\d/);
  const [cause, error] = event.exception.values;
  expect(cause).toMatchObject({ type: "Error", value: "23505" });
  expect(error).toMatchObject({ type: "TypeError", value: "" });
  expect(error.stacktrace.frames.at(-1)).toMatchObject({
    function: "fullOfPeople",
    filename: "apps/api/src/errors/error-reporter.test.ts",
    in_app: true,
  });
  for (const absent of ["user", "request", "breadcrumbs", "extra", "server_name", "modules"])
    expect(event).not.toHaveProperty(absent);
  const everything = JSON.stringify(receiver.received);
  for (const secret of secrets) expect(everything.toLowerCase()).not.toContain(secret.toLowerCase());
  expect(everything).not.toContain(process.cwd());
  expect(lines).toHaveLength(3);
});

test("an error of a page goes along as it came", async () => {
  receiver.received.length = 0;
  const reporter = await openErrorReporter({
    dsn: `http://publickey@${receiver.host}/42`,
    environment: "test",
  });
  const log = createLog("info", { write: () => undefined }, reporter);
  const frames = [
    { file: "app/assets/leads.js", called: "Row", line: 1, column: 20 },
    { file: "app/assets/base.js", line: 2, column: 3 },
  ];
  log.error(
    {
      ...{ event: "browser_error", app: "dashboard", kind: "screen", route: "/leads/$leadId" },
      ...{ lastRequestId: "0190aaaa-0000-7000-8000-000000000000" },
      browserError: { type: "TypeError", code: "REACT_418", frames },
    },
    "error in a page",
  );
  await reporter.stop(5);
  expect(receiver.received).toHaveLength(1);
  const event = JSON.parse(receiver.received[0]?.body.trim().split("\n").at(-1) ?? "");
  expect(event).toMatchObject({
    ...{ level: "error", platform: "javascript" },
    tags: { app: "dashboard", route: "/leads/$leadId", lastRequestId: expect.any(String) },
  });
  const [{ type, value, stacktrace }] = event.exception.values;
  expect([type, value]).toEqual(["TypeError", "REACT_418"]);
  expect(stacktrace.frames.map(({ filename }: { filename: string }) => filename)).toEqual([
    "app/assets/base.js",
    "app/assets/leads.js",
  ]);
});

test("a tracker that is away costs nothing but its report", async () => {
  const reporter = await openErrorReporter({ dsn: "http://key@127.0.0.1:9/1", environment: "test" });
  reporter.report({ error: new Error("x") }, "fatal");
  reporter.report(undefined, "error");
  reporter.report({ error: "a text" }, "error");
  await reporter.stop(2);
});
