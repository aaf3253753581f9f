import { createServer, type RequestListener, type Server } from "node:http";
import { answerUnreadable } from "./unreadable-requests";

export class PortTakenError extends Error {
  constructor(port: number) {
    super(
      `Port ${port} is taken by another program. Stop that one, or choose another: PORT=${port + 1} npm start`,
    );
    this.name = "PortTakenError";
  }
}

/** Connections the system keeps for us until we come to them; beyond that they try again after 1 s, 3 s, … and so would health checks. */
const mostWaiting = 4_096;

/** Claims the port at once and answers 503 until `serve` is given the app. Limits are security rule 2. Throws PortTakenError. */
export async function claimPort(
  port: number,
): Promise<{ server: Server; port: number; serve(listener: RequestListener): void }> {
  let listener: RequestListener = (_request, response) => {
    response
      .writeHead(503, { "Retry-After": "2", "Content-Type": "text/plain" })
      .end("Intake is starting.\n");
  };
  const server = createServer(
    { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, maxHeaderSize: 16 * 1024 },
    (request, response) => listener(request, response),
  );
  answerUnreadable(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortTakenError(port) : error),
    );
    server.listen({ port, backlog: mostWaiting }, resolve);
  });
  const address = server.address();
  return {
    server,
    port: typeof address === "object" && address ? address.port : port,
    serve: (next) => {
      listener = next;
    },
  };
}
