import type { Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import { equalSecrets } from "@intake/core/keyring";
import { countWaitingMails } from "@intake/core/mail/count-waiting-mails";
import { countWaitingScans } from "@intake/core/resumes/count-waiting-scans";
import { Router } from "express";
import type { Metrics } from "../metrics";
import { measureOffice } from "./measure-office";
import { stateOf } from "./request-state";

/** `/metrics` for Prometheus; with a token (always in production) only for who sends it as Bearer. */
export function metricsRoute(effects: Effects, metrics: Metrics, token: string | null): Router {
  const routes = Router();
  routes.get("/metrics", async (request, response) => {
    stateOf(response).route = "/metrics";
    if (token !== null && !equalSecrets(request.get("Authorization") ?? "", `Bearer ${token}`)) {
      throw new AppError("UNAUTHORIZED", "Send the metrics token.");
    }
    const waiting = await countWaitingMails(effects).catch(() => null);
    for (const [state, count] of Object.entries(waiting ?? {})) metrics.waitingMails.set({ state }, count);
    const scans = await countWaitingScans(effects).catch(() => null);
    if (scans !== null) metrics.waitingScans.set(scans);
    const used = await effects.quota.usedBytes().catch(() => null);
    if (used !== null) metrics.storedBytes.set(used);
    metrics.quotaBytes.set(effects.quota.maxBytes ?? 0);
    await measureOffice(effects, metrics).catch(() => null);
    metrics.isScannerAway.set(effects.scanner.state() === "open" ? 1 : 0);
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return routes;
}
