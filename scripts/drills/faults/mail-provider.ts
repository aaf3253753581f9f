import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { z } from "zod";

const messageSchema = z.object({
  Metadata: z.object({ "outbox-id": z.uuid() }),
  Headers: z.array(z.object({ Name: z.string(), Value: z.string() })),
});

/** A server that answers the two calls Intake makes of Postmark and remembers what it accepted. */
export interface MailProvider {
  port: number;
  /** Message-IDs of the mails accepted for each row of the outbox, in order. */
  accepted: Map<string, string[]>;
  close(): Promise<void>;
}

export async function startMailProvider(): Promise<MailProvider> {
  const accepted: MailProvider["accepted"] = new Map();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://provider.test");
    const answer = (body: object) =>
      response.setHeader("Content-Type", "application/json").end(JSON.stringify(body));
    if (request.method === "POST" && url.pathname === "/email") {
      const message = await json(request).then(messageSchema.parse, () => null);
      // It broke off: such a mail was not accepted.
      if (message === null) return void response.writeHead(400).end();
      const id = message.Metadata["outbox-id"];
      const messageId = message.Headers.find(({ Name }) => Name === "Message-ID")?.Value ?? "";
      accepted.set(id, [...(accepted.get(id) ?? []), messageId]);
      return void answer({
        MessageID: id,
        SubmittedAt: new Date().toISOString(),
        ErrorCode: 0,
        Message: "OK",
      });
    }
    const id = url.searchParams.get("metadata_outbox-id") ?? "";
    const Messages = accepted.has(id) ? [{ MessageID: id, Metadata: { "outbox-id": id } }] : [];
    return void answer({ TotalCount: Messages.length, Messages });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The mail provider has no port");
  return {
    port: address.port,
    accepted,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
