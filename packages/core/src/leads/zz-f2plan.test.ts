import { appendFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, test } from "vitest";
import { giveManyLeads } from "../testing/many-leads";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { listLeads } from "./list-leads";
import { listLeadsSchema } from "./schema";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
  await giveManyLeads(domain.owner, 100_000);
}, 300_000);
afterAll(() => domain.close());
test("plans", { timeout: 300_000 }, async () => {
  writeFileSync("/tmp/F2/plans.txt", "");
  const staff = domain.asStaff(await domain.createUser("ATTORNEY"));
  const gone = await domain.createUser("ATTORNEY");
  await domain.ctx.db.prisma.user.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
  const pool = domain.ctx.db.pool;
  const cases: [string, string][] = [
    ["all nobody's", "UPDATE leads SET assignee_id = NULL"],
    [
      "few",
      `UPDATE leads SET assignee_id = CASE WHEN right(reference, 4) = '0001' THEN '${gone.id}'::uuid WHEN right(reference,4) = '0002' THEN NULL ELSE '${staff.actor.user.id}'::uuid END`,
    ],
  ];
  for (const [name, sql] of cases) {
    await domain.owner.pool.query(sql);
    await domain.owner.pool.query("VACUUM ANALYZE leads; ").catch(() => undefined);
    await domain.owner.pool.query("ANALYZE users");
    for (const input of [
      { assignee: "nobody" },
      { assignee: "nobody", status: "PENDING" },
      { assignee: "nobody", sort: "lastName", order: "asc" },
    ]) {
      const asked: { text: string; values: unknown[] }[] = [];
      const spy = {
        ...domain.ctx.db,
        pool: new Proxy(pool, {
          get: (target, key) =>
            key === "query"
              ? (q: any, v: any) => {
                  asked.push(typeof q === "string" ? { text: q, values: v } : q);
                  return target.query(q, v);
                }
              : Reflect.get(target, key),
        }),
      };
      const page = await listLeads({ ...staff, db: spy as any }, listLeadsSchema.parse(input));
      for (const { text, values } of asked) {
        const { rows } = await pool.query(`EXPLAIN (ANALYZE, BUFFERS OFF) ${text}`, values);
        const lines = rows.map((r: any) => r["QUERY PLAN"]);
        appendFileSync(
          "/tmp/F2/plans.txt",
          `== ${name} ${JSON.stringify(input)} total ${page.total}\n${lines.filter((l: string) => /Seq Scan|Index|Bitmap|Execution|Limit/.test(l)).join("\n")}\n`,
        );
      }
    }
  }
});
