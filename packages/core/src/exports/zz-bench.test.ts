import { afterAll, beforeAll, test } from "vitest";
import { listLeadsSchema } from "../leads/schema";
import { giveManyLeads } from "../testing/many-leads";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { exportLeads } from "./export-leads";
import { countSelection } from "../selection/count-selection";
import { startBulk } from "../bulk/start-bulk";
import { runBulk } from "../bulk/run-bulk";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
let domain: TestDomain;
beforeAll(async () => { domain = await createTestDomain(); const n=100000; for (let i=0;i<1;i++) await giveManyLeads(domain.ctx.db, n); await domain.owner.pool.query("ANALYZE"); }, 300000);
afterAll(() => domain.close());
test("bench", { timeout: 600000 }, async () => {
  const ctx = domain.asStaff(await domain.createUser("ATTORNEY"));
  const selection = { kind: "matching" as const, query: listLeadsSchema.parse({}), except: [] };
  const out: string[] = [];
  for (const format of ["csv-excel", "xlsx", "csv-excel", "xlsx"] as const) {
    global.gc?.();
    const base = process.memoryUsage.rss(); let peak = base;
    const timer = setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()); }, 20);
    const start = performance.now(); let size = 0;
    await exportLeads(ctx, { selection, format }, async ({ content }) => {
      const target = createWriteStream(`/tmp/L5-export.${format === "xlsx" ? "xlsx" : "csv"}`);
      await pipeline(Readable.from(content), target); size = target.bytesWritten;
    });
    clearInterval(timer);
    out.push(`${format}: ${Math.round(performance.now() - start)} ms, ${(size/1e6).toFixed(1)} MB, rss ${(base/1e6).toFixed(0)} -> peak ${(peak/1e6).toFixed(0)}`);
  }
  let start = performance.now();
  const begun = await startBulk(ctx, { selection, change: { kind: "STATUS", status: "REACHED_OUT" }, confirmed: await countSelection(ctx, selection) });
  out.push(`start 100k: ${Math.round(performance.now() - start)} ms`);
  start = performance.now();
  domain.jobs.length = 0;
  await runBulk({ ...domain.ctx, actor: { type: "system", job: "x" } }, { bulkId: begun.id });
  out.push(`200 steps (20k leads): ${Math.round(performance.now() - start)} ms, requeued ${domain.jobs.length}`);
  console.log(out.join("\n"));
});
