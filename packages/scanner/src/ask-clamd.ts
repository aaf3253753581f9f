import { once } from "node:events";
import { createConnection, type NetConnectOpts, type Socket } from "node:net";
import { addAbortSignal } from "node:stream";
import { readableWords } from "./clamd-answer";

/** Longest answer we read, in bytes; clamd's are far shorter. */
const maxAnswerBytes = 4096;

interface Question {
  address: NetConnectOpts;
  /** What to send, in order; the next part is asked for only when the one before has room. */
  parts: Iterable<Buffer> | AsyncIterable<Buffer>;
  /** Ends everything at once. */
  deadline: AbortSignal;
}

/**
 * One question to clamd over a connection of its own. Resolves to the whole answer, and only if everything was sent and clamd ended
 * the conversation itself. Throws otherwise. The connection is closed in every case.
 */
export async function askClamd({ address, parts, deadline }: Question): Promise<string> {
  const socket = createConnection(address);
  const hungUp = new AbortController();
  socket.once("close", () => hungUp.abort());
  addAbortSignal(deadline, socket);
  const answer: Buffer[] = [];
  try {
    await Promise.all([
      receive(socket, answer),
      send(socket, parts, AbortSignal.any([deadline, hungUp.signal])).catch((error: unknown) => {
        if (deadline.aborted || answer.length === 0) throw error;
        throw new Error(`it broke off with “${readableWords(decode(answer))}”`, { cause: error });
      }),
    ]);
    return decode(answer);
  } finally {
    socket.destroy();
  }
}

async function send(socket: Socket, parts: Question["parts"], isOver: AbortSignal): Promise<void> {
  for await (const part of parts) {
    // A connection that is over takes nothing: an answer before the whole file was sent then counts for nothing.
    if (!socket.write(part)) await once(socket, "drain", { signal: isOver });
  }
}

async function receive(socket: Socket, answer: Buffer[]): Promise<void> {
  let bytes = 0;
  for await (const chunk of socket) {
    answer.push(chunk);
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new Error("it answered at too great length");
  }
}

function decode(answer: Buffer[]): string {
  return Buffer.concat(answer).toString("latin1");
}
