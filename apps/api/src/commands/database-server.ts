import { join } from "node:path";
import { findOrStartEmbeddedPostgres } from "@intake/db/embedded/find-embedded-postgres";
import type { HostSettings } from "../start/settings";

/** The database of an installation for a command: the external one, or the embedded one, whether Intake runs on it or not. */
export async function openServer({ databaseUrl }: Pick<HostSettings, "databaseUrl">, dataDirectory: string) {
  if (databaseUrl) return { connectionString: databaseUrl, stop: async () => undefined };
  return findOrStartEmbeddedPostgres(join(dataDirectory, "postgres"));
}
