import { randomUUID } from "node:crypto";
import type { Effects } from "@intake/core/context";
import type { AppError } from "@intake/core/errors";
import { getLeadByReceiptToken } from "@intake/core/leads/find-receipt";
import { toAppError } from "@intake/core/translate-error";
import type { FormPageProps, ReceiptPageProps, UnavailablePageProps } from "@intake/form/page-contract";
import { type Response, Router } from "express";
import { logProblem, statusOf } from "../http/problem";
import { stateOf } from "../http/request-state";
import type { ReceivedForm } from "../upload/receive-form";

/** Turns props into whole HTML documents: the form's server build, or Vite in development. */
export interface PageRenderer {
  form(props: FormPageProps): Promise<string> | string;
  receipt(props: ReceiptPageProps): Promise<string> | string;
  unavailable(props: UnavailablePageProps): Promise<string> | string;
}

export interface PublicPages {
  /** The form again, with what was typed and what is wrong with it. */
  form(received: ReceivedForm | null, error: AppError | null): Promise<string>;
  routes: Router;
}

/** `/` and `/received/{token}`, rendered on the server; the form page works while the database is away. */
export function publicPages(effects: Effects, renderer: PageRenderer): PublicPages {
  const office = {
    officeName: effects.settings.officeName,
    ...(effects.settings.officePhone ? { phone: effects.settings.officePhone } : {}),
  };
  const form = async (received: ReceivedForm | null, error: AppError | null) => {
    const values = Object.fromEntries(received?.fields ?? []);
    return renderer.form({
      ...office,
      resumeLimits: effects.settings.resumeLimits,
      // The same key again: a refused form has not burnt it, and a doubled post must stay one lead.
      idempotencyKey: values.idempotencyKey || randomUUID(),
      ...(received
        ? {
            values: {
              firstName: values.firstName ?? "",
              lastName: values.lastName ?? "",
              email: values.email ?? "",
            },
          }
        : {}),
      ...(error?.errors ? { errors: error.errors } : error ? { formError: error.message } : {}),
    });
  };

  const routes = Router();
  routes.get("/", async (_request, response) => {
    stateOf(response).route = "/";
    // Not `no-store`: Back must be able to bring the page to life again with everything that was typed.
    response
      .status(200)
      .set("Cache-Control", "no-cache")
      .type("html")
      .send(await form(null, null));
  });
  routes.get("/received/:token", async (request, response) => {
    stateOf(response).route = "/received/{token}";
    response.setHeader("X-Robots-Tag", "noindex, nofollow");
    try {
      const lead = await getLeadByReceiptToken(effects, request.params.token);
      const { reference, firstName, lastName, email, resume } = lead;
      const facts = { reference, firstName, lastName, email, resume, receivedAt: lead.createdAt };
      const timeZone = effects.settings.officeTimeZone;
      sendPage(response, 200, await renderer.receipt({ ...office, ...facts, timeZone }));
    } catch (thrown) {
      const error = toAppError(thrown);
      logProblem(effects.log, response, error);
      if (error.retryAfterSeconds !== undefined) response.setHeader("Retry-After", error.retryAfterSeconds);
      const kind = error.code === "NOT_FOUND" ? ("receipt-not-found" as const) : ("unavailable" as const);
      const { requestId } = stateOf(response);
      sendPage(response, statusOf(error), await renderer.unavailable({ ...office, kind, requestId }));
    }
  });
  return { form, routes };
}

function sendPage(response: Response, status: number, html: string): void {
  response.status(status).set("Cache-Control", "no-store").type("html").send(html);
}
