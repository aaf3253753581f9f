import { z } from "zod";
import { optional, wholeNumber } from "./variable";

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" });

const entriesOf = (list: string) => list.split(",").map((entry) => entry.trim());

export const databaseVariables = {
  DATABASE_URL: optional(postgresUrl),
  /** The owner of the tables, when DATABASE_URL is a login that may only read and write rows. */
  DATABASE_MIGRATION_URL: optional(postgresUrl),
  /** The way past a pooler, when DATABASE_URL leads through one. */
  DATABASE_DIRECT_URL: optional(postgresUrl),
  /** Servers that follow it, for lists and reports. */
  DATABASE_REPLICA_URL: optional(
    z
      .string()
      .refine(
        (list) => entriesOf(list).every((entry) => postgresUrl.safeParse(entry).success),
        "must be postgres:// addresses separated by commas",
      ),
  ),
  DATABASE_POOL: optional(wholeNumber.min(2).max(200)),
};

const environmentSchema = z.object(databaseVariables);
type Environment = z.output<typeof environmentSchema>;

export function readDatabase(env: Environment) {
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    databaseOwnerUrl: env.DATABASE_MIGRATION_URL ?? null,
    databaseDirectUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL ?? null,
    databaseReplicaUrls: env.DATABASE_REPLICA_URL ? entriesOf(env.DATABASE_REPLICA_URL) : [],
    databasePool: env.DATABASE_POOL ?? 20,
  };
}

/** The setting that names the database for commands, and for migrations where its owner is no other login. */
export function directSetting({ databaseUrl, databaseDirectUrl }: ReturnType<typeof readDatabase>): string {
  return databaseDirectUrl === databaseUrl ? "DATABASE_URL" : "DATABASE_DIRECT_URL";
}

const besideUrl = ["DATABASE_MIGRATION_URL", "DATABASE_DIRECT_URL", "DATABASE_REPLICA_URL"] as const;

export function findDatabaseProblems(env: Environment): string[] {
  if (env.DATABASE_URL) return [];
  return besideUrl.filter((name) => env[name]).map((name) => `DATABASE_URL is needed beside ${name}`);
}
