import { join } from "node:path";
import express, { type RequestHandler, Router } from "express";
import { stateOf } from "../http/request-state";

interface BuiltApps {
  formDirectory: string;
  webDirectory: string;
}

const forever = {
  immutable: true,
  maxAge: "365d",
  index: false,
  redirect: false,
  fallthrough: true,
} as const;

/** The built files of both web apps. Names under `assets/` carry a hash, so they never change. */
export function staticFiles({ formDirectory, webDirectory }: BuiltApps): Router {
  const routes = Router();
  routes.use("/assets", routeName("/assets"), express.static(join(formDirectory, "assets"), forever));
  routes.use("/app/assets", routeName("/app/assets"), express.static(join(webDirectory, "assets"), forever));
  routes.get(/^\/app(?:\/(?!assets\/).*)?$/, routeName("/app"), (_request, response) => {
    response.set("Cache-Control", "no-store");
    response.sendFile("index.html", { root: webDirectory, cacheControl: false });
  });
  return routes;
}

function routeName(name: string): RequestHandler {
  return (_request, response, next) => {
    stateOf(response).route = name;
    next();
  };
}
