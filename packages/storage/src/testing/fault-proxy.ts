import { connect, createServer, type Socket } from "node:net";

/** What the line does: carries bytes, or cuts, keeps silent or flips a bit after so many bytes of a connection in one direction. */
export type Line =
  | "open"
  | { direction: "up" | "down"; afterBytes: number; fault: "cut" | "silence" | "flip" };

/** A TCP proxy before a real server, whose line can be spoiled while a test runs. */
export async function startFaultProxy(targetPort: number) {
  const sockets = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  const state: { line: Line } = { line: "open" };
  const server = createServer((client) => {
    const target = connect(targetPort, "127.0.0.1");
    const cut = () => {
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on("error", cut).on("close", () => {
        sockets.delete(socket);
        cut();
      });
    }
    const isForgotten = () => forgotten.has(client);
    carry({ direction: "up", from: client, to: target, isForgotten }, state, cut);
    carry({ direction: "down", from: target, to: client, isForgotten }, state, cut);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    port: address.port,
    /** Spoils or mends the line, for connections that stand as well. */
    setLine(line: Line) {
      state.line = line;
    },
    /** The connections that stand carry nothing any more, as behind a firewall that has restarted. New ones do. */
    forget() {
      for (const socket of sockets) forgotten.add(socket);
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Lane {
  direction: "up" | "down";
  from: Socket;
  to: Socket;
  isForgotten(): boolean;
}

function carry({ direction, from, to, isForgotten }: Lane, state: { line: Line }, cut: () => void): void {
  let carried = 0;
  from.on("data", (piece: Buffer) => {
    if (isForgotten()) return;
    const { line } = state;
    const before = carried;
    carried += piece.length;
    if (line === "open" || line.direction !== direction || carried <= line.afterBytes) {
      to.write(piece);
    } else if (line.fault === "cut") {
      cut();
    } else if (line.fault === "flip") {
      const at = line.afterBytes - before;
      if (at >= 0) piece[at] = (piece[at] ?? 0) ^ 1;
      to.write(piece);
    }
  });
}
