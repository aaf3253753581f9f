import type { createFileMailer } from "@intake/email/file-mailer";
import { renderMailboxPage } from "@intake/email/mailbox-page";
import { Router } from "express";
import { stateOf } from "./request-state";

/** The page holds mails with inline styles, in sandboxed frames; no script may run on it. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'";

/** `/dev/mailbox` and `/dev/mailbox.json`: every mail that "left", newest first. Development only. */
export function devMailboxRoutes(mailer: ReturnType<typeof createFileMailer>): Router {
  const routes = Router();
  routes.get("/dev/mailbox.json", async (_request, response) => {
    stateOf(response).route = "/dev/mailbox.json";
    response.set("Cache-Control", "no-store").json(await mailer.list());
  });
  routes.get("/dev/mailbox", async (request, response) => {
    stateOf(response).route = "/dev/mailbox";
    const { id, part } = request.query;
    const selection = {
      id: typeof id === "string" ? id : undefined,
      part: typeof part === "string" ? part : undefined,
    };
    const page = renderMailboxPage(await mailer.list(), selection);
    response.set({ "Cache-Control": "no-store", "Content-Security-Policy": policy }).type("html").send(page);
  });
  return routes;
}
