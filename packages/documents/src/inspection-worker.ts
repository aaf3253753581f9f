/** Entry of the worker threads: reads one file at a time and answers with the verdict. */
import { readFile } from "node:fs/promises";
import { parentPort } from "node:worker_threads";
import { inspectBytes } from "./inspect";
import type { InspectionReply, InspectionRequest } from "./inspection-messages";

if (!parentPort) throw new Error("The inspection worker runs as a worker thread only");
const port = parentPort;

function reply(message: InspectionReply): void {
  port.postMessage(message);
}

port.on("message", async ({ path, fileName }: InspectionRequest) => {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    reply({ kind: "failure", error });
    return;
  }
  // A throw from here on ends the thread: a file that breaks its own inspection is answered by the pool.
  reply({ kind: "verdict", verdict: await inspectBytes(bytes, fileName) });
});

reply({ kind: "ready" });
