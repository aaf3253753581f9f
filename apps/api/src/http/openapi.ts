import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { Settings } from "@intake/core/context";
import { openApiDocument } from "@intake/trpc/openapi";
import express, { Router } from "express";
import { stateOf } from "./request-state";

/** `/api/openapi.json` and `/api/docs`: Swagger UI from our own origin, no CDN. */
export function openApiRoutes({ publicUrl, resumeLimits }: Settings): Router {
  const routes = Router();
  const document = openApiDocument({ publicUrl, resumeLimits });
  const swaggerDirectory = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  routes.get("/api/openapi.json", (_request, response) => {
    stateOf(response).route = "/api/openapi.json";
    response.set("Cache-Control", "no-cache").json(document);
  });
  routes.get("/api/docs", (_request, response) => {
    stateOf(response).route = "/api/docs";
    response.type("html").send(docsPage);
  });
  routes.get("/api/docs/start.js", (_request, response) => {
    response.type("text/javascript").send(startScript);
  });
  routes.use("/api/docs", express.static(swaggerDirectory, { index: false, redirect: false, maxAge: "1d" }));
  return routes;
}

const docsPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Intake API</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="docs"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;

const startScript = `SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null });`;
