import { randomUUID } from "node:crypto";
import type { Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** What Node's parser refuses before any handler sees it, by its error codes. */
const answers: Record<string, { status: number; code: string; title: string; detail: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: "BAD_REQUEST",
    title: "Request Header Fields Too Large",
    detail: "The address and headers are larger than accepted here. Shorten what you search for.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: "BAD_REQUEST",
    title: "Request Timeout",
    detail: "The request took too long to arrive. Send it again.",
  },
};
const unreadable = {
  status: 400,
  code: "BAD_REQUEST",
  title: "Bad Request",
  detail: "This request is not readable.",
};

/** Gives requests that are refused before they reach the app the same shape of answer as all others (RFC 9457). */
export function answerUnreadable(server: Server): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on("request", (request, response) => latest.set(request.socket, response));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const response = latest.get(socket);
    // A second answer must never follow into the first, nor after one that closes the connection.
    const hasAnswered = response?.headersSent && !(response.writableFinished && response.shouldKeepAlive);
    if (error.code === "ECONNRESET" || !socket.writable || hasAnswered) {
      socket.destroy();
      return;
    }
    const { status, code, title, detail } = answers[error.code ?? ""] ?? unreadable;
    const requestId = randomUUID();
    const body = JSON.stringify({ type: "about:blank", title, status, detail, code, requestId });
    const head = [
      `HTTP/1.1 ${status} ${title}`,
      "Content-Type: application/problem+json; charset=utf-8",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Cache-Control: no-store",
      `X-Request-Id: ${requestId}`,
      "Connection: close",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}
