import type { Context } from "../context";
import { keepBriefly } from "../reports/keep-briefly";

/** Seconds for which a count of all files is good enough. */
const freshSeconds = 60;
const kept = keepBriefly<number>(freshSeconds);

/** How many resumes are stored, at most a minute ago. */
export function countFiles(ctx: Pick<Context, "db" | "now">): Promise<number> {
  return kept(ctx, { key: "files", make: () => ctx.db.prisma.resume.count() });
}
