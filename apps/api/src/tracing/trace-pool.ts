import type { Database } from "@intake/db/database";
import { type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";

const tracer = trace.getTracer("intake");

type Pool = Database["pool"];
type Query = (...args: unknown[]) => unknown;

/** Makes a span of every statement that a request or a job runs. Statements carry no values: those travel beside them and stay out. */
export function tracePool(pool: Pool): void {
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as Query;
    // The three ways of calling it differ only in how the answer comes.
    client.query = ((...args: unknown[]) => {
      if (!trace.getActiveSpan()) return query(...args);
      const text = textOf(args[0]);
      const span = tracer.startSpan(`sql ${verbOf(text)}`, {
        kind: SpanKind.CLIENT,
        attributes: { "db.system.name": "postgresql", "db.query.text": text },
      });
      return runTraced(span, { query, args });
    }) as typeof client.query;
  });
}

function runTraced(span: Span, { query, args }: { query: Query; args: unknown[] }): unknown {
  const callback = args.at(-1);
  if (typeof callback === "function") {
    const ended = (error: unknown, ...rest: unknown[]) => {
      endSpan(span, error);
      callback(error, ...rest);
    };
    return query(...args.slice(0, -1), ended);
  }
  const answer = query(...args);
  if (answer instanceof Promise) {
    answer.then(
      () => endSpan(span, null),
      (error: unknown) => endSpan(span, error),
    );
  } else span.end();
  return answer;
}

function textOf(statement: unknown): string {
  if (typeof statement === "string") return statement;
  return String(Object(statement).text ?? "");
}

function verbOf(text: string): string {
  return /[a-z]+/i.exec(text)?.[0].toUpperCase() ?? "?";
}

/** What the database says about an error may hold values of the row; its code does not. */
function endSpan(span: Span, error: unknown): void {
  if (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute("db.response.status_code", String(Object(error).code ?? "unknown"));
  }
  span.end();
}
