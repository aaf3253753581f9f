/** Entry of the worker threads: reads one file at a time and answers with the verdict. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { inspectBytes } from "./inspect";
import type { InspectionReply, InspectionRequest } from "./inspection-messages";

if (!parentPort) throw new Error("The inspection worker runs as a worker thread only");
const port = parentPort;

/** Kept from file to file, since the pool asks one at a time: fresh buffers would pile up until the next collection. */
let kept = Buffer.alloc(0);

/** This thread has nothing else to do, so it waits for the disk itself instead of asking the threads that serve everybody. */
function readWhole(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    if (kept.length < size) kept = Buffer.allocUnsafeSlow(size);
    let read = 0;
    while (read < size) {
      const bytesRead = readSync(file, kept, read, size - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return kept.subarray(0, read);
  } finally {
    closeSync(file);
  }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function reply(message: InspectionReply): void {
  port.postMessage(message);
}

port.on("message", async (request: InspectionRequest) => {
  let bytes: Buffer;
  try {
    bytes = "bytes" in request ? asBuffer(request.bytes) : readWhole(request.path);
  } catch (error) {
    reply({ kind: "failure", error });
    return;
  }
  // A throw from here on ends the thread: a file that breaks its own inspection is answered by the pool.
  reply({ kind: "verdict", verdict: await inspectBytes(bytes, request.fileName) });
});

reply({ kind: "ready" });
