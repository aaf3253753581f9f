import type { LiveNews } from "@intake/core/live/schema";
import type { Claim } from "@intake/core/presence/schema";
import { sampleId } from "./sample-data";

/** The connection over which the fake server tells what happens elsewhere, as tRPC writes it. */
export function createFakeNews() {
  const open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encoder = new TextEncoder();
  return {
    answer(signal: AbortSignal | null | undefined): Response {
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          open.add(controller);
          controller.enqueue(encoder.encode("event: connected\ndata: {}\n\n"));
          signal?.addEventListener("abort", () => {
            open.delete(controller);
            controller.error(signal.reason);
          });
        },
      });
      return new Response(stream, { headers: { "Content-Type": "text/event-stream" } });
    },
    tell(news: LiveNews): void {
      for (const controller of open) controller.enqueue(encoder.encode(`data: ${JSON.stringify(news)}\n\n`));
    },
  };
}

/** Ana, who is signed in, holds a lead for another quarter of an hour. */
export function sampleClaim(changes: Partial<Claim> = {}): Claim {
  return {
    holder: { id: sampleId(100), name: "Ana Ruiz" },
    isYours: true,
    expiresAt: new Date(Date.now() + 900_000).toISOString(),
    ...changes,
  };
}
