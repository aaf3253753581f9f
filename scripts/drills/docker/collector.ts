import { once } from "node:events";
import { createServer } from "node:http";
import type { Engine } from "./engine";
import { say } from "./run";

/** What the drill's visitors and their files are called: none of it may leave with a trace or an error. */
const personal = /drill\d*@|lead \d|cv\.pdf|herons|bearer/i;
/** What one lead's way through both processes has to show. */
const wantedSpans = ["POST /api/leads", "job mail.deliver", "job resume.scan"];

/**
 * Takes traces (OTLP) and errors (Sentry's protocol) from the containers of a network, where this machine is its gateway. The answer of
 * `judge` is what is missing, or what should not have left.
 */
export async function openCollector(engine: Engine, network: string) {
  const received: { path: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ path: request.url ?? "", body: Buffer.concat(chunks).toString() });
    response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  });
  const gateway = "{{(index .IPAM.Config 0).Gateway}}";
  const host = (await engine.docker(["network", "inspect", "--format", gateway, network])).trim();
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the collector has no port");
  const place = `${host}:${address.port}`;
  return {
    /** For the office's settings. */
    settings: `OTEL_EXPORTER_OTLP_ENDPOINT=http://${place}\nSENTRY_DSN=http://publickey@${place}/42\n`,
    judge(): string[] {
      const bodies = (part: string) =>
        received.filter(({ path }) => path.startsWith(part)).map(({ body }) => body);
      const [traces, errors] = [bodies("/v1/traces").join("\n"), bodies("/api/42/envelope").join("\n")];
      const failures = wantedSpans
        .filter((name) => !traces.includes(JSON.stringify(name)))
        .map((name) => `no span "${name}" left the image`);
      if (!errors.includes('"23514"')) failures.push("the error of the database was not reported");
      const leak = personal.exec(`${traces}\n${errors}`)?.[0];
      if (leak) failures.push(`"${leak}" left with a trace or an error`);
      say(
        `Seen from outside: ${bodies("/v1/traces").length} batches of spans, ${bodies("/api/42").length} errors, nobody's data.`,
      );
      return failures;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
