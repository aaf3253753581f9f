import pg from "pg";

/** SQLSTATE of a write where none is taken: since a failover this connection leads to a server that only follows. */
const readOnlyCode = "25006";

/**
 * For a pool's `onConnect`: a connection that meets a server which takes no writes is closed, so that the next one is opened where the
 * address leads now. Kept in the pool, it would fail every write for as long as it is busy.
 */
export function leaveReadOnlyServer(client: unknown): void {
  if (!(client instanceof pg.Client)) return;
  const { connection } = client;
  connection.on("errorMessage", ({ code }: { code?: string }) => {
    if (code === readOnlyCode)
      connection.stream.destroy(new Error("Connection terminated: this server takes no writes"));
  });
}
