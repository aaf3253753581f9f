import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Writes bytes as they are and resolves to everything that came back until the server, or nobody, closed. */
export async function sendRaw(
  port: number,
  bytes: string | Buffer,
): Promise<{ status: number; text: string }> {
  const socket = await open(port);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  // A server that has answered may close while we still write; what it said counts.
  socket.on("error", () => undefined);
  socket.write(bytes);
  await once(socket, "close");
  const text = Buffer.concat(chunks).toString();
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text };
}

/** Sends the beginning of a request and breaks the connection off. */
export async function sendCut(port: number, bytes: string | Buffer): Promise<void> {
  const socket = await open(port);
  socket.on("error", () => undefined);
  await new Promise((done) => socket.write(bytes, done));
  socket.resetAndDestroy();
}

/** The head of a multipart POST to the form's door; `Connection: close` so that the answer has an end. */
export function postHead(headers: Record<string, string | number>): string {
  const lines = Object.entries({ Host: "localhost", Connection: "close", ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `POST /api/leads HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, "localhost");
  await once(socket, "connect");
  return socket;
}
