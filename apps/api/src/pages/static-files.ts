import { join } from "node:path";
import express, { type RequestHandler, Router } from "express";
import { stateOf } from "../http/request-state";
import { packedFiles } from "./packed-files";

interface BuiltApps {
  formDirectory: string;
  webDirectory: string;
  /** The page of the dashboard at an address, HTML. */
  dashboard: (path: string) => string;
}

const forever = {
  immutable: true,
  maxAge: "365d",
  index: false,
  redirect: false,
  fallthrough: true,
} as const;

/** The built files of both web apps. Names under `assets/` carry a hash, so they never change. */
export function staticFiles({ formDirectory, webDirectory, dashboard }: BuiltApps): Router {
  const routes = Router();
  routes.use("/assets", routeName("/assets"), express.static(join(formDirectory, "assets"), forever));
  const webAssets = join(webDirectory, "assets");
  routes.use(
    "/app/assets",
    routeName("/app/assets"),
    packedFiles(webAssets, forever),
    express.static(webAssets, forever),
  );
  routes.get(/^\/app(?:\/(?!assets\/).*)?$/, routeName("/app"), (request, response) => {
    response.set("Cache-Control", "no-store").type("html").send(dashboard(request.path));
  });
  return routes;
}

function routeName(name: string): RequestHandler {
  return (_request, response, next) => {
    stateOf(response).route = name;
    next();
  };
}
