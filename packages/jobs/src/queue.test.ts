import { createTestDomain } from "@intake/core/testing/test-context";
import { expect, onTestFinished, test, vi } from "vitest";
import { startQueue } from "./queue";

test("work goes on when the machine's clock is put back while a job runs", async () => {
  const domain = await createTestDomain();
  onTestFinished(() => domain.close());
  const { boss, stop } = await startQueue({
    connectionString: domain.connectionString,
    log: domain.ctx.log,
  });
  onTestFinished(() => stop(1));
  const { now } = Date;
  const handled = vi.fn(async () => {
    vi.spyOn(Date, "now").mockImplementation(() => now() - 10 * 60 * 1000);
  });
  await boss.work("bulk.sweep", { pollingIntervalSeconds: 1 }, handled);
  for (const times of [1, 2]) {
    await boss.send("bulk.sweep", {});
    await vi.waitFor(() => expect(handled).toHaveBeenCalledTimes(times), { timeout: 10_000 });
  }
});
