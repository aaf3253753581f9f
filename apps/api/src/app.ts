import type { Effects } from "@intake/core/context";
import { AppError } from "@intake/core/errors";
import type { DocumentInspector } from "@intake/core/ports/document-inspector";
import type { createFileMailer } from "@intake/email/file-mailer";
import compression from "compression";
import express, { type Express, type RequestHandler, type Router } from "express";
import { auditExportRoute } from "./http/audit-export";
import { browserErrorRoute } from "./http/browser-errors";
import { devMailboxRoutes } from "./http/dev-mailbox";
import { healthRoutes } from "./http/health";
import { leadExportRoute } from "./http/lead-export";
import { metricsRoute } from "./http/metrics-route";
import { openApiRoutes } from "./http/openapi";
import { answerErrors } from "./http/problem";
import { restRoutes } from "./http/rest";
import { resumeDownloadRoute } from "./http/resume-download";
import { resumeLinkRoute } from "./http/resume-link";
import { trackRequests } from "./http/track-requests";
import { trpcRoutes } from "./http/trpc";
import { unansweredApiCalls } from "./http/unanswered";
import type { HostLog } from "./log";
import type { Metrics } from "./metrics";
import { oidcRoutes } from "./oidc/oidc-routes";
import { type PageRenderer, publicPages } from "./pages/public-pages";
import { securityHeaders } from "./pages/security-headers";
import { addResumeRoute } from "./upload/add-resume-route";
import { submitRoute } from "./upload/submit-route";
import { createUploadGate } from "./upload/upload-gate";

export interface AppInput {
  effects: Effects;
  inspector: DocumentInspector;
  metrics: Metrics;
  log: HostLog;
  spoolDirectory: string;
  trustProxy: number | string[];
  metricsToken: string | null;
  isRateLimited: boolean;
  /** The dev mailbox, when mails go into files. */
  fileMailer: ReturnType<typeof createFileMailer> | null;
  /** Built files of both web apps, or Vite in development. */
  webApps: { routes: Router; pages: PageRenderer; hasDevServer: boolean };
  isStopping(): boolean;
}

/** The whole HTTP side on one port: pages, tRPC, REST, health. */
export function createApp(input: AppInput): Express {
  const { effects, metrics } = input;
  const { publicUrl } = effects.settings;
  const app = express();
  app
    .disable("x-powered-by")
    .set("etag", false)
    .set("query parser", "simple")
    .set("trust proxy", input.trustProxy);

  app.use(trackRequests({ log: input.log, metrics }));
  app.use(
    securityHeaders({ isSecure: publicUrl.startsWith("https://"), hasDevServer: input.webApps.hasDevServer }),
  );
  app.use(healthRoutes(effects, input.isStopping), metricsRoute(effects, metrics, input.metricsToken));

  const pages = publicPages(effects, input.webApps.pages);
  const uploads = {
    ...{ effects, metrics, inspector: input.inspector, spoolDirectory: input.spoolDirectory },
    gate: createUploadGate({ isRateLimited: input.isRateLimited }),
  };
  app.use(submitRoute({ ...uploads, renderFormAgain: pages.form }), addResumeRoute(uploads));
  app.use("/trpc", trpcRoutes(effects));
  app.use(oidcRoutes(effects));
  app.use(
    resumeDownloadRoute(effects),
    resumeLinkRoute(effects),
    auditExportRoute(effects),
    leadExportRoute(effects),
    browserErrorRoute(effects, metrics),
    restRoutes(effects),
    openApiRoutes(effects.settings),
  );
  app.use(unansweredApiCalls());

  app.use(compression(), sameHost(publicUrl), pages.routes, input.webApps.routes);
  if (input.fileMailer) app.use(devMailboxRoutes(input.fileMailer));
  app.use(() => {
    throw new AppError("NOT_FOUND", "There is nothing at this address.");
  });
  app.use(answerErrors(input.log));
  return app;
}

/** What a process without pages answers: health and metrics. */
export function createHealthApp(
  input: Pick<AppInput, "effects" | "metrics" | "log" | "metricsToken" | "isStopping">,
): Express {
  const { effects, metrics, log } = input;
  const app = express();
  app.disable("x-powered-by").set("etag", false);
  app.use(trackRequests({ log, metrics }), securityHeaders({ isSecure: true, hasDevServer: false }));
  app.use(healthRoutes(effects, input.isStopping), metricsRoute(effects, metrics, input.metricsToken));
  app.use(() => {
    throw new AppError("NOT_FOUND", "There is nothing at this address.");
  });
  app.use(answerErrors(log));
  return app;
}

/** On this machine `127.0.0.1` and `localhost` are two origins; pages opened at the other one are sent to PUBLIC_URL's. */
function sameHost(publicUrl: string): RequestHandler {
  const { hostname, host } = new URL(publicUrl);
  const loopback = ["localhost", "127.0.0.1", "[::1]"];
  return (request, response, next) => {
    const isSibling =
      loopback.includes(hostname) && loopback.includes(request.hostname) && request.hostname !== hostname;
    if (isSibling && request.method === "GET" && request.path.startsWith("/app")) {
      response.redirect(307, `http://${host}${request.originalUrl}`);
    } else next();
  };
}
