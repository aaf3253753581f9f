import { AsyncLocalStorage } from "node:async_hooks";
import type { JobOrigin, JobTracking } from "@intake/jobs/job-origin";
import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";

/** Without `startTracing` this makes spans that do nothing. */
const tracer = trace.getTracer("intake");

const origins = new AsyncLocalStorage<JobOrigin>();

/** Runs work in the name of a request: what it logs and asks for can be found by its id. */
export function runWithOrigin<Answer>(origin: JobOrigin, work: () => Answer): Answer {
  return origins.run(origin, work);
}

/** Fields for every line of the log that is written in the name of a request, and its trace where it has one. */
export function originFields(): { requestId?: string; traceId?: string } {
  const origin = origins.getStore();
  if (!origin) return {};
  const span = trace.getActiveSpan()?.spanContext();
  const isTraced = span !== undefined && isSpanContextValid(span);
  return { requestId: origin.requestId, ...(isTraced && { traceId: span.traceId }) };
}

/** Follows requests into jobs: by the request's id, and as one trace where tracing is on. */
export const jobTracking: JobTracking = {
  current() {
    const origin = origins.getStore();
    return origin ? { requestId: origin.requestId, traceparent: currentTraceparent() } : null;
  },
  run({ name, origin }, work) {
    const parent = origin?.traceparent ? parentContext(origin.traceparent) : ROOT_CONTEXT;
    const attributes = { "intake.job": name, ...(origin && { "intake.request_id": origin.requestId }) };
    const span = tracer.startSpan(`job ${name}`, { kind: SpanKind.CONSUMER, attributes }, parent);
    const traced = () =>
      context.with(trace.setSpan(parent, span), async () => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
    return origin ? origins.run(origin, traced) : traced();
  },
};

/** The span under way as W3C trace context, version 00. */
function currentTraceparent(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  if (!span || !isSpanContextValid(span)) return undefined;
  return `00-${span.traceId}-${span.spanId}-0${span.traceFlags & 1}`;
}

function parentContext(traceparent: string) {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-0([01])$/.exec(traceparent) ?? [];
  if (!traceId || !spanId) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number(flags), isRemote: true });
}
