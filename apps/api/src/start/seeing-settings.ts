import { z } from "zod";
import { optional } from "./variable";

/** Where traces and errors go, beside the log. Both are off unless set. */
export const seeingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(
    z.url({ protocol: /^https?$/, error: "must be the http(s) address of a collector" }),
  ),
  OTEL_SERVICE_NAME: optional(z.string().max(60)),
  SENTRY_DSN: optional(
    z
      .url({ protocol: /^https?$/, error: "must be an address of the form https://KEY@HOST/PROJECT" })
      .refine(
        (value) => URL.canParse(value) && new URL(value).username !== "",
        "must hold the project's key",
      ),
  ),
};

const environmentSchema = z.object(seeingVariables);

export function readSeeing(env: z.output<typeof environmentSchema>) {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName = "intake" } = env;
  return { tracing: endpoint ? { endpoint, serviceName } : null, sentryDsn: env.SENTRY_DSN ?? null };
}
