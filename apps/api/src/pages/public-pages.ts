import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Effects } from "@intake/core/context";
import type { AppError } from "@intake/core/errors";
import { getLeadByReceiptToken } from "@intake/core/leads/find-receipt";
import { maxResumeBytes } from "@intake/core/resumes/schema";
import { toAppError } from "@intake/core/translate-error";
import { readAssets, type PageAssets } from "@intake/form/assets";
import { renderFormPage, renderReceiptPage, renderUnavailablePage } from "@intake/form/entry-server";
import { type Response, Router } from "express";
import { logProblem, statusOf } from "../http/problem";
import { stateOf } from "../http/request-state";
import type { ReceivedForm } from "../upload/receive-form";

/** Renders the public pages; `assets` come from the form's build, or from Vite in development. */
export interface PublicPages {
  form(received: ReceivedForm | null, error: AppError | null): string;
  routes: Router;
}

export async function readBuiltAssets(formDirectory: string): Promise<PageAssets> {
  return readAssets(JSON.parse(await readFile(join(formDirectory, ".vite", "manifest.json"), "utf8")));
}

/** `/` and `/received/{token}`, rendered on the server; the form page works while the database is away. */
export function publicPages(effects: Effects, readPageAssets: () => PageAssets): PublicPages {
  const office = {
    officeName: effects.settings.officeName,
    ...(effects.settings.officePhone ? { phone: effects.settings.officePhone } : {}),
  };
  const form = (received: ReceivedForm | null, error: AppError | null) => {
    const values = Object.fromEntries(received?.fields ?? []);
    return renderFormPage({
      ...office,
      assets: readPageAssets(),
      maxResumeBytes,
      // The same key again: a refused form has not burnt it, and a doubled post must stay one lead.
      idempotencyKey: values.idempotencyKey || randomUUID(),
      ...(received
        ? { values: { firstName: values.firstName ?? "", lastName: values.lastName ?? "", email: values.email ?? "" } }
        : {}),
      ...(error?.errors ? { errors: error.errors } : error ? { formError: error.message } : {}),
    });
  };

  const routes = Router();
  routes.get("/", (_request, response) => {
    stateOf(response).route = "/";
    sendPage(response, 200, form(null, null));
  });
  routes.get("/received/:token", async (request, response) => {
    stateOf(response).route = "/received/{token}";
    response.setHeader("X-Robots-Tag", "noindex, nofollow");
    try {
      const lead = await getLeadByReceiptToken(effects, request.params.token);
      const { reference, firstName, lastName, email, resume } = lead;
      const facts = { reference, firstName, lastName, email, resume, receivedAt: lead.createdAt };
      const timeZone = effects.settings.officeTimeZone;
      sendPage(response, 200, renderReceiptPage({ ...office, assets: readPageAssets(), ...facts, timeZone }));
    } catch (thrown) {
      const error = toAppError(thrown);
      logProblem(effects.log, response, error);
      if (error.retryAfterSeconds !== undefined) response.setHeader("Retry-After", error.retryAfterSeconds);
      const kind = error.code === "NOT_FOUND" ? ("receipt-not-found" as const) : ("unavailable" as const);
      const { requestId } = stateOf(response);
      sendPage(response, statusOf(error), renderUnavailablePage({ ...office, assets: readPageAssets(), kind, requestId }));
    }
  });
  return { form, routes };
}

function sendPage(response: Response, status: number, html: string): void {
  response.status(status).set("Cache-Control", "no-store").type("html").send(html);
}
