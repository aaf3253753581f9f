import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import { Router } from "express";
import { createServer, type ViteDevServer } from "vite";
import type { AppInput } from "../app";

/** Both web apps with reload, served by Vite inside this process. Development only. */
export async function devWebApps(appsDirectory: string, server: Server): Promise<AppInput["webApps"]> {
  const open = (app: string, base: string) =>
    createServer({
      root: join(appsDirectory, app),
      base,
      appType: "custom",
      server: { middlewareMode: true, hmr: { server, path: `${base}__reload` } },
    });
  const web = await open("web", "/app/");
  const form = await open("form", "/");
  const routes = Router();
  routes.use("/app", (request, response, next) => {
    request.url = request.originalUrl;
    web.middlewares(request, response, next);
  });
  routes.get(/^\/app(?:\/.*)?$/, async (request, response) => {
    response.type("html").send(await webPage(web, appsDirectory, request.originalUrl));
  });
  routes.use(form.middlewares);
  const assets = { scripts: ["/src/entry-client.tsx"], styles: [], preloads: [] };
  const load = () =>
    form.ssrLoadModule("/src/entry-server.tsx") as Promise<typeof import("@intake/form/entry-server")>;
  return {
    routes,
    pages: {
      form: async (props) =>
        form.transformIndexHtml("/", (await load()).renderFormPage({ ...props, assets })),
      receipt: async (props) =>
        form.transformIndexHtml("/received", (await load()).renderReceiptPage({ ...props, assets })),
      unavailable: async (props) =>
        form.transformIndexHtml("/received", (await load()).renderUnavailablePage({ ...props, assets })),
    },
    hasDevServer: true,
  };
}

async function webPage(web: ViteDevServer, appsDirectory: string, url: string): Promise<string> {
  return web.transformIndexHtml(url, await readFile(join(appsDirectory, "web", "index.html"), "utf8"));
}
