import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dashboardPages } from "./dashboard-page";
import { staticFiles } from "./static-files";

const script = "export const answer = 42;\n".repeat(40);
let folder: string;
let origin: string;
const server = createServer();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "intake-pages-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "assets", "app-1.js"), script);
  await writeFile(join(folder, "assets", "app-1.js.br"), brotliCompressSync(script));
  await writeFile(join(folder, "assets", "font-1.woff2"), "font");
  await writeFile(join(folder, "index.html"), '<head><script src="/app/assets/app-1.js"></script></head>');
  const routes = {
    "/leads": ["assets/app-1.js", "assets/list-1.js"],
    "/leads/$leadId": ["assets/app-1.js", "assets/lead-1.js"],
  };
  await writeFile(join(folder, "routes.json"), JSON.stringify(routes));
  const app = express();
  const dashboard = dashboardPages(folder, (html) => html.replace("<head>", "<head><!-- staging -->"));
  app.use(staticFiles({ formDirectory: folder, webDirectory: folder, dashboard }));
  server.on("request", app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, encodings: string) =>
  fetch(`${origin}${path}`, { headers: { "accept-encoding": encodings } });

test("a script goes out as the build packed it, for a year, to a browser that takes it", async () => {
  const packed = await get("/app/assets/app-1.js", "gzip, br");
  expect(packed.headers.get("content-encoding")).toBe("br");
  expect(packed.headers.get("content-type")).toMatch(/javascript/);
  expect(packed.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(packed.headers.get("vary")).toBe("Accept-Encoding");
  expect(await packed.text()).toBe(script);
});

test.each(["gzip", "identity", "br;q=0"])("%s gets the script as it is", async (encodings) => {
  const plain = await get("/app/assets/app-1.js", encodings);
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(await plain.text()).toBe(script);
});

test("a file without a packed copy is sent as it is, and one that is not there is not found", async () => {
  expect((await get("/app/assets/font-1.woff2", "br")).headers.get("content-encoding")).toBeNull();
  expect((await get("/app/assets/none-1.js", "br")).status).toBe(404);
});

test("the page names the scripts of its address, each once, and no others", async () => {
  const list = await (await get("/app/leads?q=zoe", "br")).text();
  expect(list.match(/app-1\.js/g)).toHaveLength(1);
  expect(list).toContain('<link rel="modulepreload" crossorigin href="/app/assets/list-1.js"></head>');
  const lead = await (await get("/app/leads/0199b3c0-0000-7000-8000-000000000001", "br")).text();
  expect(lead).toContain("lead-1.js");
  expect(lead).not.toContain("list-1.js");
  const other = await get("/app/elsewhere", "br");
  expect(await other.text()).not.toContain("modulepreload");
  expect(other.headers.get("cache-control")).toBe("no-store");
  expect(list).toContain("<!-- staging -->");
});
