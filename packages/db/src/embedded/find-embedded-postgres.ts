import { join } from "node:path";
import { superuser } from "./initialise-cluster";
import { readOrCreatePassword } from "./password";
import { findRunningServer } from "./postmaster";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./start-embedded-postgres";

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The owner's way into the cluster of a data folder for a command: through the server that runs on it, or through one of its own. */
export async function findOrStartEmbeddedPostgres(
  dataDirectory: string,
): Promise<Pick<EmbeddedPostgres, "connectionString" | "stop">> {
  const server = await findRunningServer(join(dataDirectory, "cluster"));
  if (!server) return startEmbeddedPostgres({ dataDirectory, log: quiet });
  const password = await readOrCreatePassword(join(dataDirectory, "password"));
  return {
    connectionString: `postgresql://${superuser}:${password}@127.0.0.1:${server.port}/intake`,
    stop: async () => undefined,
  };
}
