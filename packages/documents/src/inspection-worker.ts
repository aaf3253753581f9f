/** Entry of the worker threads: reads one file at a time and answers with the verdict. */
import { open } from "node:fs/promises";
import { parentPort } from "node:worker_threads";
import { inspectBytes } from "./inspect";
import type { InspectionReply, InspectionRequest } from "./inspection-messages";

if (!parentPort) throw new Error("The inspection worker runs as a worker thread only");
const port = parentPort;

/** Kept from file to file, since the pool asks one at a time: fresh buffers would pile up until the next collection. */
let kept = Buffer.alloc(0);

async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    if (kept.length < size) kept = Buffer.allocUnsafeSlow(size);
    let read = 0;
    while (read < size) {
      const { bytesRead } = await file.read(kept, read, size - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return kept.subarray(0, read);
  } finally {
    await file.close();
  }
}

function reply(message: InspectionReply): void {
  port.postMessage(message);
}

port.on("message", async ({ path, fileName }: InspectionRequest) => {
  let bytes: Buffer;
  try {
    bytes = await readWhole(path);
  } catch (error) {
    reply({ kind: "failure", error });
    return;
  }
  // A throw from here on ends the thread: a file that breaks its own inspection is answered by the pool.
  reply({ kind: "verdict", verdict: await inspectBytes(bytes, fileName) });
});

reply({ kind: "ready" });
