import { randomBytes, randomUUID } from "node:crypto";
import type { Database } from "@intake/db/database";
import { z } from "zod";

const statementSchema = z.object({
  text: z.string(),
  values: z.array(z.unknown()),
  /** Rows that it wrote or read. */
  rows: z.int().nullable(),
});
/** What a version of the product asks its database for, so that another version's migrations can be judged by it. */
export const recordingSchema = z.object({
  /** The newest migration of that version. */
  migration: z.string(),
  /** Makes the person who does what follows. */
  setup: z.array(statementSchema),
  /** One lead: sent, listed, opened, reached out. */
  work: z.array(statementSchema),
});
export type Recording = z.infer<typeof recordingSchema>;
type Statement = z.infer<typeof statementSchema>;

interface Client {
  query(text: string, values: unknown[]): Promise<{ rowCount: number | null }>;
}

/** From now on every statement of a pool's new connections; call the answer to take what has come since. */
export function recordStatements(pool: Database["pool"]): () => Statement[] {
  let statements: Statement[] = [];
  pool.on("connect", (client) => {
    const ask = client.query.bind(client) as (...args: unknown[]) => unknown;
    const record = (...args: unknown[]) => {
      const [first, second] = args;
      const { text, values = second } = typeof first === "string" ? { text: first } : Object(first);
      const statement: Statement = {
        text: String(text),
        values: Array.isArray(values) ? values.map(asText) : [],
        rows: null,
      };
      statements.push(statement);
      const keep = (result: { rowCount?: number | null } | undefined) => {
        statement.rows = result?.rowCount ?? null;
      };
      // The pool asks with a callback, everybody else without.
      const done = args.at(-1);
      if (typeof done === "function")
        return ask(...args.slice(0, -1), (error: unknown, result: { rowCount?: number }) => {
          keep(result);
          done(error, result);
        });
      const answer = ask(...args);
      if (answer instanceof Promise) answer.then(keep, () => undefined);
      return answer;
    };
    Object.assign(client, { query: record });
  });
  return () => {
    const taken = statements;
    statements = [];
    return taken;
  };
}

/** As the driver would write it: a file may hold nothing else. */
function asText(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  return Array.isArray(value) ? value.map(asText) : value;
}

const named = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|INT-\w{4}-\w{4}/g;

/** The names that an earlier part of the recording has made, and that stay when a later one is played again. */
export function namesIn(statements: Statement[]): Set<string> {
  return new Set(JSON.stringify(statements.map(({ values }) => values)).match(named));
}

/**
 * Plays statements on one connection, with new ids and references in place of all but the known ones. Resolves to the milliseconds that the
 * slowest took. Throws what the database says, and when one writes or reads another number of rows than it did.
 */
export async function playStatements(
  client: Client,
  statements: Statement[],
  known: Set<string>,
): Promise<number> {
  const fresh = new Map<string, string>();
  const rename = (name: string) => {
    if (known.has(name)) return name;
    const other = fresh.get(name) ?? (name.startsWith("INT-") ? newReference() : randomUUID());
    fresh.set(name, other);
    return other;
  };
  let slowest = 0;
  for (const { text, values, rows } of statements) {
    const begun = performance.now();
    const renamed = JSON.parse(JSON.stringify(values).replace(named, rename));
    const { rowCount } = await client.query(text, renamed);
    slowest = Math.max(slowest, performance.now() - begun);
    if (isWrite(text) && rowCount !== rows)
      throw new Error(`${rowCount} rows instead of ${rows}: ${text.slice(0, 200)}`);
  }
  return slowest;
}

function isWrite(text: string): boolean {
  return /^\s*(INSERT|UPDATE|DELETE|WITH\b[\s\S]*\b(INSERT|UPDATE|DELETE)\b)/i.test(text);
}

function newReference(): string {
  const code = randomBytes(4).toString("hex").toUpperCase();
  return `INT-${code.slice(0, 4)}-${code.slice(4)}`;
}
