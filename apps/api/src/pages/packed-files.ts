import { readdirSync } from "node:fs";
import { extname } from "node:path";
import type { RequestHandler } from "express";

const ending = ".br";

/** Answers with the Brotli copy that the build laid beside a file, where the browser takes it; everything else goes on. */
export function packedFiles(directory: string, { maxAge }: { maxAge: string }): RequestHandler {
  const packed = new Set(
    readdirSync(directory)
      .filter((name) => name.endsWith(ending))
      .map((name) => `/${name.slice(0, -ending.length)}`),
  );
  return (request, response, next) => {
    const isOurs = packed.has(request.path) && (request.method === "GET" || request.method === "HEAD");
    if (!isOurs || !request.acceptsEncodings("br")) return next();
    response.vary("Accept-Encoding").set("Content-Encoding", "br").type(extname(request.path));
    response.sendFile(`${request.path}${ending}`, { root: directory, immutable: true, maxAge });
  };
}
