import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { z } from "zod";

const messageSchema = z.object({ To: z.string(), Metadata: z.object({ "outbox-id": z.uuid() }) });

/** A server that answers the two calls Intake makes of Postmark, and remembers every mail it accepted, by outbox id. */
export async function startFakePostmark() {
  const accepted: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://postmark.test");
    response.setHeader("Content-Type", "application/json");
    if (request.method === "POST" && url.pathname === "/email") {
      const { To, Metadata } = messageSchema.parse(await json(request));
      accepted.push(Metadata["outbox-id"]);
      const MessageID = `pm-${accepted.length}`;
      response.end(
        JSON.stringify({ To, MessageID, SubmittedAt: new Date().toISOString(), ErrorCode: 0, Message: "OK" }),
      );
      return;
    }
    const id = url.searchParams.get("metadata_outbox-id") ?? "";
    const found = accepted.includes(id)
      ? [{ MessageID: `pm-${accepted.indexOf(id) + 1}`, Metadata: { "outbox-id": id } }]
      : [];
    response.end(JSON.stringify({ TotalCount: found.length, Messages: found }));
  });
  server.listen(0);
  await once(server, "listening");
  const address = server.address();
  return {
    /** How often each outbox mail was accepted. */
    accepted,
    url: `http://localhost:${typeof address === "object" && address ? address.port : 0}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
