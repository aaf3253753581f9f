import { createServer, request } from "node:http";

export interface Lies {
  /** Says that every upload was stored, and throws it away. */
  dropsUploads?: boolean;
  /** Headers claimed of every object that is asked for. */
  claims?: Record<string, string>;
}

/** An HTTP proxy before a real server that does not tell the truth about what is stored. */
export async function startLyingProxy(targetPort: number, { dropsUploads, claims }: Lies) {
  const server = createServer((asked, answer) => {
    if (dropsUploads && asked.method === "PUT") {
      asked.resume().on("end", () => answer.writeHead(201, { etag: '"0"', "content-length": 0 }).end());
      return;
    }
    const { method, url, headers } = asked;
    const forwarded = request({ port: targetPort, host: "127.0.0.1", method, path: url, headers }, (real) => {
      answer.writeHead(real.statusCode ?? 500, {
        ...real.headers,
        ...(method === "HEAD" || method === "GET" ? claims : {}),
      });
      real.pipe(answer);
    });
    asked.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    port: address.port,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
