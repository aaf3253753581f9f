import { context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { runWithOrigin } from "./origin";

const tracer = trace.getTracer("intake");

/**
 * Runs what answers a request in its name, and returns what ends its span. A trace begins here: whoever calls from outside decides
 * nothing about ours. No address, header or body goes into it.
 */
export function traceRequest(
  { requestId, method }: { requestId: string; method: string },
  answer: () => void,
): (facts: { route: string; status: number }) => void {
  const attributes = { "http.request.method": method, "intake.request_id": requestId };
  const span: Span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, ROOT_CONTEXT);
  context.with(trace.setSpan(ROOT_CONTEXT, span), () => runWithOrigin({ requestId }, answer));
  return ({ route, status }) => {
    span.updateName(`${method} ${route}`);
    span.setAttributes({ "http.route": route, "http.response.status_code": status });
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
}
