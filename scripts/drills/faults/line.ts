import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";

/**
 * What can be wrong with a line: it is cut and refuses; every piece comes late; nothing comes until it is mended (a blackhole); or, as
 * behind a firewall that has restarted, nothing comes and the connections that stood then stay open and silent for ever.
 */
export const faults = ["cut", "slow", "silent", "forgotten"] as const;
export type Fault = (typeof faults)[number];

/** A line between the product and something it needs. */
export interface Line {
  port: number;
  spoil(fault: Fault): void;
  /** New connections lead to another port from now on; those that stand stay where they are. */
  moveTo(port: number): void;
  mend(): void;
  close(): Promise<void>;
}

const slowMilliseconds = 400;

interface Ends {
  client: Socket;
  target: Socket;
  isForgotten: boolean;
}

/** Opens a port of its own that leads to another on this machine. */
export async function openLine(targetPort: number): Promise<Line> {
  const open = new Set<Ends>();
  let fault: Fault | null = null;
  let target = targetPort;
  let mended = Promise.withResolvers<void>();

  async function* carry(pieces: AsyncIterable<Buffer>, ends: Ends): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      if (fault === "slow") await delay(slowMilliseconds);
      if (fault === "silent" || fault === "forgotten") await mended.promise;
      if (!ends.isForgotten) yield piece;
    }
    // The end of the conversation does not come through either.
    if (ends.isForgotten) await Promise.race([once(ends.client, "close"), once(ends.target, "close")]);
  }

  const server = createServer((client) => {
    if (fault === "cut") {
      client.resetAndDestroy();
      return;
    }
    const ends = { client, target: connect(target, "127.0.0.1"), isForgotten: false };
    open.add(ends);
    const end = () => {
      open.delete(ends);
      destroy(ends);
    };
    const server = ends.target;
    pipeline(client, (pieces: AsyncIterable<Buffer>) => carry(pieces, ends), server).catch(end);
    pipeline(server, (pieces: AsyncIterable<Buffer>) => carry(pieces, ends), client).catch(end);
    client.on("error", end).on("close", end);
    server.on("error", end).on("close", end);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The line has no port");
  return {
    port: address.port,
    spoil(next) {
      fault = next;
      if (next === "cut") for (const ends of open) destroy(ends);
    },
    moveTo(port) {
      target = port;
    },
    mend() {
      if (fault === "forgotten") for (const ends of open) ends.isForgotten = true;
      fault = null;
      mended.resolve();
      mended = Promise.withResolvers<void>();
    },
    async close() {
      for (const ends of open) destroy(ends);
      server.close();
      await once(server, "close");
    },
  };
}

function destroy({ client, target }: Ends): void {
  client.destroy();
  target.destroy();
}
