import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listLeadsSchema } from "../leads/schema";
import { readSearch, searchOperators, writeSearch } from "./schema";

describe("reading", () => {
  test.each([
    [
      "status:pending before:2026-01-01 from:gmail.com",
      "",
      { status: "PENDING", createdTo: "2025-12-31", email: "gmail.com" },
    ],
    ["garcia status:reached-out jose", "garcia jose", { status: "REACHED_OUT" }],
    ["STATUS:Pending", "", { status: "PENDING" }],
    ["is:unread is:late assignee:me", "", { unread: true, late: true, assignee: "me" }],
    ["is:read no:note has:resume", "", { unread: false, hasNote: false, hasResume: true }],
    ["visa in:resume", "visa", { in: "resume" }],
    ['name:"maria garcia" paralegal', "paralegal", { name: "maria garcia" }],
    [
      "reached-after:2026-03-02 scan:locked mail:failed source:api",
      "",
      { reachedFrom: "2026-03-02", scan: "UNSCANNABLE", mail: "FAILED", source: "API" },
    ],
    [
      "assignee:0199b3c0-0000-7000-8000-000000000001",
      "",
      { assignee: "0199b3c0-0000-7000-8000-000000000001" },
    ],
    ["status:pending status:reached-out", "", { status: "REACHED_OUT" }],
  ])("%j is %j and %j", (text, q, filters) => {
    expect(readSearch(text)).toEqual({ q, filters });
  });

  test.each([
    "mailto:jose@example.com",
    "status:asleep",
    "before:tomorrow",
    "before:2026-13-40",
    "assignee:ruth",
    "constructor:x __proto__:y toString:z",
    "from:",
    ":",
    "status: pending",
    "mystatus:pending",
    '"status:pending"',
    "two  spaces ",
    "C++: 10 years",
    "😀:😀",
    "'; drop table leads; --",
  ])("%j stays what it is", (text) => {
    expect(readSearch(text)).toEqual({ q: text, filters: {} });
  });

  test("values longer than the list takes stay words", () => {
    const text = `from:${"x".repeat(201)}`;
    expect(readSearch(text)).toEqual({ q: text, filters: {} });
  });
});

describe("writing", () => {
  test("says a filter in the words that were typed", () => {
    const text = 'status:pending is:unread name:"maria garcia" before:2026-01-01 visa';
    const { q, filters } = readSearch(text);
    expect(writeSearch({ q, filters })).toBe(text);
  });

  test("leaves out what has no words, and keeps words that look like an operator", () => {
    expect(writeSearch({ q: "visa", filters: { createdTo: "2026-01-01T08:00:00Z", late: false } })).toBe(
      "visa",
    );
    expect(writeSearch({ q: "status:pending", filters: {} })).toBe('"status:pending"');
  });

  test("every value is read back as it was written, whatever stands beside it", () => {
    const operators = searchOperators.flatMap(({ name, values }) =>
      values.map(({ value }) => `${name}:${value}`),
    );
    const words = fc.oneof(
      fc.constantFrom(...operators, "from:a.example", "before:2024-03-01", '"a phrase"'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 6 }), (parts) => {
        const first = readSearch(parts.join(" "));
        expect(listLeadsSchema.safeParse(first.filters).success).toBe(true);
        const again = readSearch(writeSearch(first));
        expect(again.filters).toEqual(first.filters);
      }),
    );
    for (const operator of operators) expect(Object.keys(readSearch(operator).filters)).toHaveLength(1);
  });
});
