import pg from "pg";
import type { Log } from "./log";

/** How long a broken or refused connection is left alone before the next try, in milliseconds. */
const retryMilliseconds = 1_000;
/** How often the connection is asked whether it still lives, and how long it may take to say so, in milliseconds. */
const checkMilliseconds = 10_000;
const answerMilliseconds = 5_000;

interface ListenOptions {
  /** A direct or session-pooled connection: a pooler that gives every transaction another connection hears nothing. */
  connectionString: string;
  /** The channel of NOTIFY; a name of ours, never input. */
  channel: string;
  log: Pick<Log, "warn">;
  onMessage(payload: string): void;
  /** Called whenever it listens again after messages may have been missed. */
  onGap(): void;
}

/** A pooler answers for the server with process numbers of its own, and by transaction it hands on no news. */
async function warnOfPooler(client: pg.Client, log: ListenOptions["log"]): Promise<void> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  if ("processID" in client && client.processID !== rows[0]?.pid)
    log.warn(
      { event: "news_through_pooler" },
      "live updates go through a pooler and may never arrive: see DATABASE_DIRECT_URL",
    );
}

/**
 * Follows a channel on a connection of its own, which is opened again whenever it is lost, until stopped. Resolves when it listens or the
 * first try has failed.
 */
export async function listenTo(options: ListenOptions): Promise<{ stop(): Promise<void> }> {
  let current: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  let isStopped = false;
  let hasMissed = false;

  function lose(client: pg.Client, error: Error): void {
    if (isStopped || current !== client) return;
    current = null;
    hasMissed = true;
    options.log.warn({ err: error }, "connection for live updates lost");
    client.end().catch(() => undefined);
    retry = setTimeout(open, retryMilliseconds).unref();
  }

  async function open(): Promise<void> {
    const client = new pg.Client({
      connectionString: options.connectionString,
      application_name: "intake-live",
      connectionTimeoutMillis: answerMilliseconds,
      query_timeout: answerMilliseconds,
      keepAlive: true,
    });
    current = client;
    client.on("error", (error) => lose(client, error));
    client.on("end", () => lose(client, new Error("The server ended the connection")));
    client.on("notification", ({ payload }) => options.onMessage(payload ?? ""));
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(options.channel)}`);
      await warnOfPooler(client, options.log);
      if (hasMissed) options.onGap();
      hasMissed = false;
    } catch (error) {
      lose(client, error instanceof Error ? error : new Error(String(error)));
    }
  }

  // A connection whose other end vanished without a word would stay silent for ever.
  const check = setInterval(() => {
    const client = current;
    client?.query("SELECT 1").catch((error: Error) => lose(client, error));
  }, checkMilliseconds).unref();

  await open();
  return {
    async stop() {
      isStopped = true;
      clearInterval(check);
      clearTimeout(retry);
      await current?.end().catch(() => undefined);
    },
  };
}
