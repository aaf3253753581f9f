import { createServer, type Socket } from "node:net";

/** A server that is no clamd: `answer` does with each connection what it likes, when the question's end or `at` bytes have come. */
export async function startOddServer(answer: (socket: Socket) => void, input: { at?: number } = {}) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    let received = Buffer.alloc(0);
    let hasAnswered = false;
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const isDue =
        input.at === undefined ? received.subarray(-4).equals(Buffer.alloc(4)) : received.length >= input.at;
      if (!isDue || hasAnswered) return;
      hasAnswered = true;
      answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return {
    address: `tcp://127.0.0.1:${address.port}`,
    connections: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
