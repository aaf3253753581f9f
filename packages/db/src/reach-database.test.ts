import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DatabaseUnreachableError, reachDatabase } from "./reach-database";
import { createTestDatabase, type TestDatabase } from "./testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** The sentence for an address that differs from the true one. */
async function sentenceFor(change: (url: URL) => void, waitMs?: number): Promise<string> {
  const url = new URL(database.connectionString);
  url.password ||= "correct-horse";
  change(url);
  const reaching = reachDatabase({
    setting: "DATABASE_URL",
    connectionString: url.href,
    ...(waitMs && { waitMs }),
  });
  const error: unknown = await reaching.catch((problem: unknown) => problem);
  if (!(error instanceof DatabaseUnreachableError)) throw new Error("The database was reached");
  expect(error.message).not.toContain(url.password);
  return error.message;
}

async function listen() {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  return { silent, port: typeof address === "object" && address ? address.port : 0 };
}

test("a database that is there says nothing", async () => {
  await reachDatabase({ setting: "DATABASE_URL", connectionString: database.connectionString });
});

test("nobody listens", async () => {
  const { silent, port } = await listen();
  silent.close();
  await once(silent, "close");
  expect(
    await sentenceFor((url) => {
      url.port = String(port);
    }),
  ).toBe(`No database answers at 127.0.0.1:${port} (ECONNREFUSED). Start it, or correct DATABASE_URL.`);
});

test("somebody listens and says nothing", async () => {
  const { silent, port } = await listen();
  const sentence = await sentenceFor((url) => {
    url.port = String(port);
  }, 300);
  expect(sentence).toMatch(
    /^The database at 127\.0\.0\.1:\d+ did not answer within 0\.3 s\. .* correct DATABASE_URL\.$/,
  );
  silent.close();
});

test("a name nobody has", async () => {
  const sentence = await sentenceFor((url) => {
    url.hostname = "nowhere.invalid";
  });
  expect(sentence).toMatch(/^The database's host nowhere\.invalid has no address in this network \(E\w+\)\./);
});

test("a wrong password", async () => {
  const sentence = await sentenceFor((url) => {
    url.password = "not-the-password";
  });
  expect(sentence).toMatch(
    /^The database at 127\.0\.0\.1:\d+ does not let intake in: .* \(28P01\)\. Correct DATABASE_URL\.$/,
  );
});

test("a database that does not exist", async () => {
  const sentence = await sentenceFor((url) => {
    url.pathname = "/elsewhere";
  });
  expect(sentence).toMatch(/^The server at 127\.0\.0\.1:\d+ has no database called elsewhere\./);
});

test("whatever else the server says is passed on", async () => {
  const sentence = await sentenceFor((url) => {
    url.searchParams.set("sslmode", "verify-full");
  });
  expect(sentence).toMatch(
    /^The database at 127\.0\.0\.1:\d+ cannot be used: .*SSL.*\. Look at DATABASE_URL\.$/,
  );
});
