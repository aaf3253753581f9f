import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaffContext } from "../context";
import type { SearchTerm } from "../resumes/resume-words";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { listLeads } from "./list-leads";
import { type ListLeads, listLeadsSchema } from "./schema";
import { findCandidates } from "./search-candidates";

const leads = 2600;

let domain: TestDomain;
let staff: StaffContext;
beforeAll(async () => {
  domain = await createTestDomain();
  staff = domain.asStaff(await domain.createUser("INTAKE"));
  await makeLeads(1, leads);
});
afterAll(() => domain.close());

/** PostgreSQL trusts its statistics of words once it knows a hundred of them. */
const filler = Array.from({ length: 120 }, (_, index) => `''filler${index}'':${index + 4}`).join(" ");

const makeLeads = (first: number, last: number) =>
  domain.ctx.db.pool.query(`
    WITH made AS (
      INSERT INTO leads (id, reference, first_name, last_name, email, email_key, resume_path, status, created_at, updated_at)
      SELECT gen_random_uuid(), 'INT-' || n, 'Anna', 'Number' || n, n || '@many.example', n || '@many.example', 'resumes/' || n,
        (CASE WHEN n % 2 = 0 THEN 'PENDING' ELSE 'REACHED_OUT' END)::lead_status, at, at
      FROM (SELECT n, timestamptz '2026-03-02Z' + n * interval '1 second' AS at FROM generate_series(${first}, ${last}) AS n) AS numbers
      RETURNING id, resume_path, created_at
    ), files AS (
      INSERT INTO resumes (id, lead_id, storage_key, file_name, format, size_bytes, sha256, created_at)
      SELECT gen_random_uuid(), id, resume_path, 'cv.pdf', 'PDF', 1, repeat('0', 64), created_at FROM made
      RETURNING id, substr(storage_key, 9) AS n
    )
    INSERT INTO resume_texts (resume_id, outcome, body, page_count, is_cut, words, read_at)
    SELECT id, 'READ', 'Common word' || n || CASE WHEN n::int IN (550, 1100) THEN ' rare' ELSE '' END, 1, false,
      ('''common'':1 ''word' || n || ''':2' || CASE WHEN n::int IN (550, 1100) THEN ' ''rare'':3' ELSE '' END || CASE WHEN n::int < 1 AND n::int % 10 = 0 THEN ' ${filler}' ELSE '' END)::tsvector, now()
    FROM files`);

const list = (input: Partial<ListLeads>) => listLeads(staff, listLeadsSchema.parse(input));
const numbers = async (input: Partial<ListLeads>) =>
  (await list(input)).items.map((lead) => Number(lead.lastName.slice(6)));

test("a word of more resumes than are counted gives the newest of them and says that there are more", async () => {
  const page = await list({ q: "common", limit: 3 });
  expect(page.items.map((lead) => lead.lastName)).toEqual(["Number2600", "Number2599", "Number2598"]);
  expect(page).toMatchObject({ total: 1000, totalIsExact: false });
  expect(page.items.every((lead) => lead.excerpt?.parts[0]?.isHit)).toBe(true);
  const next = await list({ q: "common", limit: 3, cursor: page.nextCursor ?? "" });
  expect(next.items[0]?.lastName).toBe("Number2597");
  expect(await numbers({ q: "common", in: "resume", sort: "createdAt", order: "asc", limit: 2 })).toEqual([
    1, 2,
  ]);
});

test("filters hold for common words, and what was counted is never more than there is", async () => {
  const page = await list({ q: "common", status: "PENDING", limit: 100 });
  expect(page.items.every((lead) => lead.status === "PENDING")).toBe(true);
  expect(page.totalIsExact).toBe(false);
  expect(page.total).toBeGreaterThanOrEqual(100);
  expect(page.total).toBeLessThanOrEqual(leads / 2);
});

test("common words together with a rare one, in names or resumes, are found exactly", async () => {
  expect(await numbers({ q: "common rare" })).toEqual([1100, 550]);
  expect(await numbers({ q: "anna rare" })).toEqual([1100, 550]);
  expect(await list({ q: "anna common word77" })).toMatchObject({ total: 11, totalIsExact: true });
  expect(await numbers({ q: "anna common number77@" })).toEqual([]);
});

test("a common name and a common word meet", async () => {
  expect(await numbers({ q: "anna common", limit: 2 })).toEqual([2600, 2599]);
  expect(await list({ q: "anna common" })).toMatchObject({ total: 1000, totalIsExact: false });
  expect(await list({ q: "anna common", createdTo: "2026-03-02T00:00:03Z" })).toMatchObject({
    items: [{ lastName: "Number2" }, { lastName: "Number1" }],
    total: 2,
    totalIsExact: true,
  });
  expect(await list({ q: '"common rare"', in: "resume" })).toMatchObject({ total: 0, totalIsExact: true });
});

test("a word that the statistics know as common is not looked for, and a filter leaves what it should", async () => {
  await makeLeads(-9000, 0);
  await domain.owner.pool.query("ANALYZE resume_texts");
  const common = { text: "common", hasOpenEnd: true };
  const find = (terms: SearchTerm[]) => findCandidates(domain.ctx, { terms, area: "everything" });
  expect(await find([common])).toMatchObject({ isCommon: true, isWhole: false, resumeIds: [] });
  const rare = { text: "rare", hasOpenEnd: true };
  expect(await find([common, rare])).toMatchObject({ isCommon: false, isWhole: true });
  expect(await list({ q: "common", limit: 2 })).toMatchObject({
    items: [{ lastName: "Number2600" }, { lastName: "Number2599" }],
    total: 1000,
    totalIsExact: false,
  });
  const pending = await list({ q: "common", status: "PENDING", limit: 2 });
  expect(pending).toMatchObject({
    items: [{ lastName: "Number2600" }, { lastName: "Number2598" }],
    totalIsExact: false,
  });
  expect(pending.total).toBe(1000);
  expect(await list({ q: "common", status: "PENDING", hasResume: true, limit: 2 })).toMatchObject({
    items: pending.items,
    totalIsExact: false,
  });
  // A filter that leaves no more than are looked through is counted to the end, page by page.
  const few = { q: "common", createdTo: "2026-03-01T21:46:40Z", limit: 3 } as const;
  const first = await list(few);
  expect(first).toMatchObject({ total: 1000, totalIsExact: true });
  expect(await list({ ...few, cursor: first.nextCursor ?? "" })).toMatchObject({
    total: 1000,
    totalIsExact: true,
  });
  expect(await list({ ...few, hasResume: true })).toMatchObject({ total: 1000, totalIsExact: true });
  expect(await list({ ...few, createdTo: "2026-03-01T21:46:41Z" })).toMatchObject({ totalIsExact: false });
  const late = await list({ q: "common", createdTo: "2026-03-01T21:30:02Z" });
  expect(late).toMatchObject({ items: [{ lastName: "Number-8999" }, { lastName: "Number-9000" }], total: 2 });
});
