import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryRows } from "../sql";
import { type UploadFailureReason, uploadFailureReasonSchema } from "../upload-failures/schema";
import type { Calendar } from "./calendar";

export interface FailureReason {
  reason: UploadFailureReason;
  total: number;
  /** Where it happened most. */
  browser: string;
  onBrowser: number;
}

export interface CountedFailures {
  now: number[];
  before: number[];
  /** Of the period, most frequent first. */
  reasons: FailureReason[];
}

/** Failed uploads by day, and the period's by reason. They are counted by whole days of the office. */
export async function countFailures(ctx: Pick<Context, "db">, calendar: Calendar): Promise<CountedFailures> {
  const days = [...calendar.daysBefore, ...calendar.days];
  const rows = await queryRows<{ day: string; reason: string; browser: string; total: number }>(
    ctx.db,
    Prisma.sql`SELECT to_char(day, 'YYYY-MM-DD') AS day, reason, browser, sum(total)::int AS total FROM upload_failures
      WHERE day BETWEEN ${days[0]?.day}::date AND ${days.at(-1)?.day}::date GROUP BY 1, 2, 3`,
  );
  const totalOf = ({ day }: { day: string }) => sum(rows.filter((row) => row.day === day));
  const firstDay = calendar.days[0]?.day ?? "";
  const recent = rows.filter(({ day }) => day >= firstDay);
  return {
    now: calendar.days.map(totalOf),
    before: calendar.daysBefore.map(totalOf),
    reasons: uploadFailureReasonSchema.options
      .map((reason) =>
        describe(
          reason,
          recent.filter((row) => row.reason === reason),
        ),
      )
      .filter(({ total }) => total > 0)
      .sort((left, right) => right.total - left.total),
  };
}

function describe(reason: UploadFailureReason, rows: { browser: string; total: number }[]): FailureReason {
  const totals = new Map<string, number>();
  for (const { browser, total } of rows) totals.set(browser, (totals.get(browser) ?? 0) + total);
  const [most = ["other", 0] as const] = [...totals].sort(([, left], [, right]) => right - left);
  return { reason, total: sum(rows), browser: most[0], onBrowser: most[1] };
}

function sum(rows: readonly { total: number }[]): number {
  return rows.reduce((total, row) => total + row.total, 0);
}
