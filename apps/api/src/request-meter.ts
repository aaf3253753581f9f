import { Counter, Histogram, type Registry } from "prom-client";

/** Few, around what is promised (95 of 100 within half a second): each is a series for every route. */
const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5];

/**
 * Routes and answers that get series of their own, in the order they are seen; what comes later counts as route `other`. With the
 * numbers of the parts they stay below 2,000 series, whatever is called.
 */
const maxTimedRoutes = 80;
const maxAnswers = 500;
/** Of those, at most so many refusals: whoever may do nothing here cannot take the place of what the office does. */
const maxRefusals = 200;

const methods = ["GET", "HEAD", "POST", "PATCH"];

export interface MeteredRequest {
  method: string;
  /** The route's pattern, or a list of procedures. */
  route: string;
  status: number;
  seconds: number;
  /** An answer that goes on as long as somebody listens: its duration says nothing. */
  isStream: boolean;
}

/** Counts requests by method, route and status, and times those that were not refused. */
export function createRequestMeter(registry: Registry) {
  const total = new Counter({
    name: "intake_http_requests_total",
    help: "Requests by method, route and status; 499 means that the caller went away",
    labelNames: ["method", "route", "status"],
    registers: [registry],
  });
  const duration = new Histogram({
    name: "intake_http_request_seconds",
    help: "Time to answer requests that were not refused, in seconds",
    labelNames: ["method", "route"],
    buckets,
    registers: [registry],
  });
  const known = { routes: new Set<string>(), answers: new Set<string>(), refusals: new Set<string>() };

  return {
    observe({ status, seconds, isStream, ...request }: MeteredRequest): void {
      const method = methods.includes(request.method) ? request.method : "other";
      // A batch may be any ten of all procedures in any order.
      const route = request.route.includes(",") ? "/trpc/{batch}" : request.route;
      const isRefusal = status >= 400 && status < 500;
      const [seen, limit] = isRefusal
        ? [known.refusals, maxRefusals]
        : [known.answers, maxAnswers - maxRefusals];
      const hasPlace = findPlace(seen, `${method} ${route} ${status}`, limit);
      total.inc({ method, route: hasPlace ? route : "other", status });
      if (isRefusal || isStream) return;
      const isTimed = findPlace(known.routes, `${method} ${route}`, maxTimedRoutes);
      duration.observe({ method, route: isTimed ? route : "other" }, seconds);
    },
  };
}

function findPlace(seen: Set<string>, key: string, limit: number): boolean {
  if (seen.has(key)) return true;
  if (seen.size >= limit) return false;
  seen.add(key);
  return true;
}
