import type { Response } from "express";

/** What one request carries through the host; written by the first middleware, read by the log line. */
export interface RequestState {
  requestId: string;
  /** The route's pattern, never the address with its ids. */
  route: string | null;
  userId: string | null;
}

/** The state of this request. `trackRequests` guarantees that it is there. */
export function stateOf(response: Response): RequestState {
  return response.locals as RequestState;
}
