import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { countUploadFailure, countUploadFailures } from "./count-upload-failure";
import { browserLabel, sizeBand } from "./labels";
import { reportUploadFailureSchema } from "./schema";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
const pixel =
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";
const samsung =
  "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36";
const edge =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0";

test.each([
  [iphone, "Safari on iOS"],
  [pixel, "Chrome on Android"],
  [samsung, "Samsung Internet on Android"],
  [edge, "Edge on Windows"],
  ["curl/8.5.0", "other"],
  ["Invented/1.0 (made up; Person Name)", "other"],
  ["x".repeat(100_000), "other"],
  ["", "other"],
  [null, "other"],
])("%s is counted as %s", (userAgent, label) => {
  expect(browserLabel(userAgent)).toBe(label);
});

test("sizes are told apart by bands alone", () => {
  expect([undefined, 0, 1, 5 * 1024 ** 2, 5 * 1024 ** 2 + 1, 2 ** 50].map(sizeBand)).toEqual([
    ...[0, 262_144, 262_144, 5_242_880, 10_485_760, 2_147_483_647],
  ]);
});

test("equal failures are one row with their number, on the office's own day", async () => {
  const { ctx } = domain;
  const onPhone = { ...ctx, userAgent: iphone };
  for (let time = 0; time < 3; time++)
    await countUploadFailure(onPhone, { reason: "too-large", sizeBytes: 7_000_000 });
  await countUploadFailure(onPhone, { reason: "too-large" });
  // 12:30 of the 2nd in London is already the 3rd in Auckland.
  const auckland = { ...ctx, settings: { ...ctx.settings, officeTimeZone: "Pacific/Auckland" } };
  domain.passSeconds(3 * 60 * 60);
  await countUploadFailure(auckland, { reason: "broken-off" });

  const rows = await ctx.db.prisma.uploadFailure.findMany({ orderBy: [{ reason: "asc" }, { total: "asc" }] });
  expect(rows.map((row) => ({ ...row, day: row.day.toISOString().slice(0, 10) }))).toEqual([
    { day: "2026-03-03", reason: "broken-off", browser: "other", sizeBand: 0, total: 1 },
    { day: "2026-03-02", reason: "too-large", browser: "Safari on iOS", sizeBand: 0, total: 1 },
    { day: "2026-03-02", reason: "too-large", browser: "Safari on iOS", sizeBand: 10_485_760, total: 3 },
  ]);
  expect(await countUploadFailures(ctx)).toEqual(
    new Map([
      ["broken-off", 1],
      ["too-large", 4],
    ]),
  );
});

test("many at once lose no count", async () => {
  const { ctx } = domain;
  await Promise.all(
    Array.from({ length: 40 }, () => countUploadFailure(ctx, { reason: "unavailable", sizeBytes: 10 })),
  );
  expect((await countUploadFailures(ctx)).get("unavailable")).toBe(40);
});

test("a report says a known reason and perhaps a size, nothing else", () => {
  const accepts = (report: unknown) => reportUploadFailureSchema.safeParse(report).success;
  expect(accepts({ reason: "too-large", sizeBytes: 7_000_000 })).toBe(true);
  expect(accepts({ reason: "no-connection" })).toBe(true);
  for (const wrong of [
    ...[{}, { reason: "broken-off" }, { reason: "Zoë Lindqvist" }, { reason: "empty", name: "cv.pdf" }],
    ...[
      { reason: "empty", sizeBytes: -1 },
      { reason: "empty", sizeBytes: 1.5 },
      { reason: "empty", sizeBytes: "1" },
    ],
  ])
    expect([wrong, accepts(wrong)]).toEqual([wrong, false]);
});
