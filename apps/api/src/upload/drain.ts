import type { Request, Response } from "express";

const maxDrainedBytes = 32 * 1024 * 1024;
const maxDrainSeconds = 10;

/**
 * Lets the rest of a refused body run into nothing for a moment: a browser that is still sending shows a reset connection instead of our
 * answer. Bounded in bytes and seconds, then the connection ends.
 */
export function drainBriefly(request: Request, response: Response): void {
  if (request.complete) return;
  response.setHeader("Connection", "close");
  let bytes = 0;
  const end = () => request.socket.destroy();
  const timer = setTimeout(end, maxDrainSeconds * 1000);
  timer.unref();
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxDrainedBytes) end();
  });
  request.once("close", () => clearTimeout(timer));
  request.resume();
}
