import { expect } from "vitest";
import { z } from "zod";

const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  code: z.string().regex(/^[A-Z_]+$/),
  requestId: z.uuid(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string().min(1) })).optional(),
  current: z.looseObject({ id: z.uuid() }).optional(),
});

/** What must never be in an answer: stack frames, SQL, module and file paths, keys of the environment. */
export const internals =
  /\bat (?:\S+ \()?(?:file:|node:|\/)|node_modules|\.tsx?:\d|SELECT |INSERT |UPDATE |prisma|\bpg\b|\/tmp\/|\/work\/|ECONN|ENOENT|AUTH_SECRET/i;

/** Reads an answer that must be a problem document (RFC 9457) of our one shape, with nothing internal in it. */
export async function readProblem(
  response: Response,
  status: number,
): Promise<z.infer<typeof problemSchema>> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json\b/);
  expect(text).not.toMatch(internals);
  const problem = problemSchema.parse(JSON.parse(text));
  expect(problem.status).toBe(status);
  expect(problem.requestId).toBe(response.headers.get("x-request-id"));
  expect(response.headers.get("cache-control")).toBe("no-store");
  return problem;
}

/** Reads an answer that must have this shape. */
export async function readJson<Schema extends z.ZodType>(
  response: Response,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await response.text();
  expect(response.ok, text).toBe(true);
  return schema.parse(JSON.parse(text));
}
