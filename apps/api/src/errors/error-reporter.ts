import type { SeverityLevel } from "@sentry/core";
import { version } from "../version";
import { describeBrowserError, describeError } from "./describe-error";

export interface ErrorReporter {
  /** Tells of the error in this line of the log, if one is in it. Never throws, never waits. */
  report(fields: unknown, level: Extract<SeverityLevel, "error" | "fatal">): void;
  /** Sends what waits, for at most so many seconds. */
  stop(seconds: number): Promise<void>;
}

/** Fields of the log that may go along: ids and names of our own. */
const keptFields = ["requestId", "lastRequestId", "job", "step", "event", "app", "kind", "route"];
const isSafe = /^[\w.:/$-]{1,90}$/;

/**
 * Reports unexpected errors to a server that speaks Sentry's protocol. What leaves is written out here: there are no bodies, headers,
 * cookies, addresses, people, breadcrumbs or messages to scrub, since none is ever given to it (security rule 31).
 */
export async function openErrorReporter(input: { dsn: string; environment: string }): Promise<ErrorReporter> {
  // Loaded only where errors go somewhere.
  const [{ createTransport }, { ServerRuntimeClient }] = await Promise.all([
    import("@sentry/core"),
    import("@sentry/core/server"),
  ]);
  const client = new ServerRuntimeClient({
    dsn: input.dsn,
    ...{ release: `intake@${version}`, environment: input.environment, platform: "node" },
    // Integrations are what collects by itself; we collect by hand.
    ...{ integrations: [], stackParser: () => [], sendClientReports: false },
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        const sent = body instanceof Uint8Array ? new Uint8Array(body) : body;
        const answer = await fetch(options.url, {
          ...{ method: "POST", body: sent, signal: AbortSignal.timeout(10_000) },
          headers: { "Content-Type": "application/x-sentry-envelope" },
        });
        await answer.arrayBuffer();
        return {
          statusCode: answer.status,
          headers: {
            "x-sentry-rate-limits": answer.headers.get("X-Sentry-Rate-Limits"),
            "retry-after": answer.headers.get("Retry-After"),
          },
        };
      }),
  });
  client.init();
  return {
    report(fields, level) {
      const { error, err, browserError, ...rest } = Object(fields);
      const values = browserError ? [describeBrowserError(browserError)] : describeError(error ?? err);
      if (values.length === 0) return;
      const tags = keptFields.flatMap((name) => {
        const value: unknown = rest[name];
        return typeof value === "string" && isSafe.test(value) ? [[name, value] as const] : [];
      });
      client.captureEvent({
        ...{ level, exception: { values }, tags: Object.fromEntries(tags) },
        ...(browserError && { platform: "javascript" }),
      });
    },
    stop: async (seconds) => void (await client.close(seconds * 1000)),
  };
}
