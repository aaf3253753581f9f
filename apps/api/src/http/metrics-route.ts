import type { Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { equalSecrets } from "@intake/core/keyring";
import { Router } from "express";
import type { Metrics } from "../metrics";
import { createMeasuring } from "./measure-briefly";
import { stateOf } from "./request-state";

/** `/metrics` for Prometheus; with a token (always in production) only for who sends it as Bearer. */
export function metricsRoute(effects: Effects, metrics: Metrics, token: string | null): Router {
  const routes = Router();
  const measureBriefly = createMeasuring(effects, metrics);
  routes.get("/metrics", async (request, response) => {
    stateOf(response).route = "/metrics";
    if (token !== null && !equalSecrets(request.get("Authorization") ?? "", `Bearer ${token}`)) {
      throw new AppError("UNAUTHORIZED", "Send the metrics token.");
    }
    await measureBriefly();
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return routes;
}
