import pg from "pg";

/** The database cannot be used as it is set; the sentence names the setting, host, port, and what to do, never the password. */
export class DatabaseUnreachableError extends Error {
  override name = "DatabaseUnreachableError";
}

interface ReachInput {
  /** The setting that holds the address. */
  setting: string;
  connectionString: string;
  /** Longest wait for the server, in milliseconds. */
  waitMs?: number;
}

/** Connects once and lets go again. Throws DatabaseUnreachableError. */
export async function reachDatabase({
  setting,
  connectionString,
  waitMs = 10_000,
}: ReachInput): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: waitMs });
  // What happens to the connection after its end is nobody's concern.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseUnreachableError(explain(error, { setting, client, waitMs }));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** How long a server may take to let us in, and for any question at the start that has no other limit, in milliseconds. */
const mostSilentMs = 10_000;

/**
 * Talks to a server while Intake starts, over a connection of its own. Throws DatabaseUnreachableError when it says nothing for longer than it
 * may, also in the middle. A question that may take longer, such as one that waits for a lock, says so by its own `query_timeout`.
 */
export async function talkToDatabase<Result>(
  config: pg.ClientConfig,
  talk: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    ...{ connectionTimeoutMillis: mostSilentMs, query_timeout: mostSilentMs },
    ...config,
  });
  // A connection lost later fails the next question; without a listener it would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await talk(client);
  } catch (error) {
    if (!isSilence(error)) throw error;
    throw new DatabaseUnreachableError(
      `The database at ${client.host}:${client.port} fell silent. Look at it and at the network between here and there, then start again.`,
    );
  } finally {
    // Ends the session, or breaks off what is still unanswered.
    await client.end().catch(() => undefined);
  }
}

/** The driver's words for both: it gives these errors no code. */
function isSilence(error: unknown): boolean {
  return error instanceof Error && /^(Query read timeout|timeout expired)$/.test(error.message);
}

interface Attempt {
  setting: string;
  client: Pick<pg.Client, "host" | "port" | "user" | "database">;
  waitMs: number;
}

function explain(error: unknown, { setting, client, waitMs }: Attempt): string {
  const { host, port, user, database } = client;
  const server = `${host}:${port}`;
  const { code, message } = partsOf(error);
  switch (code) {
    case "ECONNREFUSED":
    case "ECONNRESET":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ENOENT":
      return `No database answers at ${server} (${code}). Start it, or correct ${setting}.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The database's host ${host} has no address in this network (${code}). Correct ${setting}, or look at the name server.`;
    case "28P01":
    case "28000":
      return `The database at ${server} does not let ${user} in: a wrong password, or not allowed from here (${code}). Correct ${setting}.`;
    case "3D000":
      return `The server at ${server} has no database called ${database}. Create it, or correct ${setting}.`;
    case "53300":
      return `The database at ${server} has no connection left (53300). Close some, or raise its max_connections.`;
    case "57P03":
      return `The database at ${server} is starting or stopping (57P03). Try again in a moment.`;
    default:
      if (/timeout/i.test(message))
        return `The database at ${server} did not answer within ${waitMs / 1000} s. Look at the network between here and there, or correct ${setting}.`;
      return `The database at ${server} cannot be used: ${message}${code ? ` (${code})` : ""}. Look at ${setting}.`;
  }
}

/** Of several addresses of one name pg and Node report the failures together. */
function partsOf(error: unknown): { code: string; message: string } {
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code } = Object(one);
  return {
    code: typeof code === "string" ? code : "",
    message: one instanceof Error ? one.message : String(one),
  };
}
