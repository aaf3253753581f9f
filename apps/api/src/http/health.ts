import type { Effects } from "@intake/core/context";
import { type Response, Router } from "express";
import { stateOf } from "./request-state";

const maxCheckSeconds = 3;

/** `/livez`: the process answers. `/readyz`: database, storage and queue take work (detail 4.78). */
export function healthRoutes(effects: Effects, isStopping: () => boolean): Router {
  const routes = Router();
  routes.get("/livez", (_request, response) => {
    stateOf(response).route = "/livez";
    response.set("Cache-Control", "no-store").json({ status: "ok" });
  });
  routes.get("/readyz", async (_request, response) => {
    stateOf(response).route = "/readyz";
    const checks = {
      database: () => effects.db.pool.query("SELECT 1"),
      storage: () => effects.storage.check(),
      queue: () => effects.queue.check(),
    };
    const entries = await Promise.all(
      Object.entries(checks).map(
        async ([name, check]) => [name, (await succeeds(check)) ? "ok" : "away"] as const,
      ),
    );
    const isReady = !isStopping() && entries.every(([, state]) => state === "ok");
    answer(response, isReady, {
      ...Object.fromEntries(entries),
      ...(isStopping() ? { process: "stopping" } : {}),
    });
  });
  return routes;
}

function answer(response: Response, isReady: boolean, checks: Record<string, string>): void {
  response.status(isReady ? 200 : 503).set("Cache-Control", "no-store");
  if (!isReady) response.set("Retry-After", "5");
  response.json({ status: isReady ? "ready" : "not ready", checks });
}

async function succeeds(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), maxCheckSeconds * 1000);
  });
  const result = await Promise.race([
    check().then(
      () => true,
      () => false,
    ),
    late,
  ]);
  clearTimeout(timer);
  return result;
}
