import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { officeDate } from "../office/policy";
import { queryPreparedRows } from "../sql";
import { browserLabel, sizeBand } from "./labels";
import type { UploadFailureReason } from "./schema";

export interface UploadFailure {
  reason: UploadFailureReason;
  sizeBytes?: number | undefined;
}

/** Adds one to the day's count of this reason, kind of browser and band of size. Keeps nothing else. */
export async function countUploadFailure(
  ctx: Pick<Context, "db" | "now" | "settings" | "userAgent">,
  { reason, sizeBytes }: UploadFailure,
): Promise<void> {
  const day = officeDate(ctx.settings.officeTimeZone, ctx.now());
  await queryPreparedRows(
    ctx.db,
    Prisma.sql`INSERT INTO upload_failures (day, reason, browser, size_band, total)
      VALUES (${day}::date, ${reason}, ${browserLabel(ctx.userAgent)}, ${sizeBand(sizeBytes)}, 1)
      ON CONFLICT (day, reason, browser, size_band) DO UPDATE SET total = upload_failures.total + 1`,
  );
}

/** Failures since they are counted, by reason. */
export async function countUploadFailures(ctx: Pick<Context, "db">): Promise<Map<string, number>> {
  const rows = await queryPreparedRows<{ reason: string; total: string }>(
    ctx.db,
    Prisma.sql`SELECT reason, sum(total) AS total FROM upload_failures GROUP BY reason`,
  );
  return new Map(rows.map(({ reason, total }) => [reason, Number(total)]));
}
