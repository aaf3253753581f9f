import { join } from "node:path";
import { findOrStartEmbeddedPostgres } from "@intake/db/embedded/find-embedded-postgres";
import { reachDatabase } from "@intake/db/reach-database";
import { directSetting } from "../start/database-settings";
import type { HostSettings } from "../start/settings";

/** The database of an installation for a command: the external one, or the embedded one, whether Intake runs on it or not. */
export async function openServer(settings: HostSettings, dataDirectory: string) {
  const { databaseDirectUrl: connectionString } = settings;
  if (connectionString) {
    await reachDatabase({ setting: directSetting(settings), connectionString });
    return { connectionString, stop: async () => undefined };
  }
  return findOrStartEmbeddedPostgres(join(dataDirectory, "postgres"));
}
