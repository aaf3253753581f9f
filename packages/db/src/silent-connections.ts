import { Socket } from "node:net";
import pg from "pg";

/** A connection that lies idle, or has been told to end, may be silent for longer than the pool keeps it. */
const mostIdleSeconds = 60;

interface SilenceWatch {
  /** For the pool's `onConnect`: a connection may also fall silent while it is prepared. */
  begin(client: pg.ClientBase): void;
  follow(pool: pg.Pool): void;
  /** Gives all of them up now, for whoever knows by other means that nobody answers. */
  giveUp(): void;
}

/**
 * Gives connections up that are in use and say nothing for so many seconds: a server, a firewall or a machine between that vanished without
 * a word would hold them, and whoever waits for them, for hours. One is seldom alone, so those that lie idle go with it.
 */
export function createSilenceWatch(seconds: number): SilenceWatch {
  const idle = new Set<Socket>();
  const all = new Set<Socket>();

  function end(stream: Socket, why = `the database was silent for ${seconds} s`): void {
    stream.destroy(new Error(`Connection terminated: ${why}`));
  }

  return {
    begin(client) {
      const stream = streamOf(client);
      all.add(stream);
      stream.setTimeout(seconds * 1000, () => {
        end(stream);
        for (const other of idle) end(other);
      });
      stream.once("close", () => {
        idle.delete(stream);
        all.delete(stream);
      });
    },
    follow(pool) {
      pool.on("acquire", (client) => {
        const stream = streamOf(client);
        idle.delete(stream);
        stream.setTimeout(seconds * 1000);
      });
      pool.on("release", (_error, client) => {
        const stream = streamOf(client);
        if (!stream.destroyed) idle.add(stream);
        stream.setTimeout(mostIdleSeconds * 1000);
      });
    },
    giveUp() {
      for (const stream of all) end(stream, "the database does not answer");
    },
  };
}

function streamOf(client: pg.ClientBase): Socket {
  const stream = client instanceof pg.Client ? client.connection.stream : null;
  if (!(stream instanceof Socket)) throw new Error("The driver no longer talks through a socket");
  return stream;
}
