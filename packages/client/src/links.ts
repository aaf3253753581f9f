import type { AppRouter } from "@intake/trpc/router";
import {
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  type Operation,
  retryLink,
  splitLink,
  type TRPCLink,
} from "@trpc/client";
import { EventSource } from "eventsource";
import type { Heard } from "./heard";
import { remedyLink, type SeekRemedy } from "./remedy-link";
import type { Session } from "./session";

/**
 * Calls that carry secrets, sign in or rely on the refresh cookie travel alone (security rule 26), and so do the pages of a resume: the
 * first shall be seen as soon as it is there.
 */
const soloCalls =
  /^((auth|secondFactor)\.|apiKeys\.create$|resumes\.(openView|page)$|account\.(invitationState|acceptInvitation|requestReset|resetState|resetPassword|changePassword)$)/;
/** Those of them that somebody signed in makes. */
const signedInSoloCalls =
  /^(secondFactor\.|apiKeys\.create$|resumes\.(openView|page)$|account\.changePassword$|auth\.(me|askStepUp|stepUp)$)/;

// The server refuses batches over ten calls, proxies refuse very long addresses.
const maxBatchItems = 10;
const maxAddressLength = 6000;

interface LinkOptions {
  /** Address of the tRPC mount, for example `/trpc`. */
  url: string;
  session: Pick<Session, "accessToken" | "reject">;
  /** Seconds since somebody last touched the screen; without one every call counts as activity. */
  idleSeconds?: (() => number) | undefined;
  /** What the screen was told of changes; with it no answer is older than that. */
  heard?: Pick<Heard, "upTo"> | undefined;
  /** Hears the id of every request on its way. */
  onRequest?: ((id: string) => void) | undefined;
  /** What the person can do about a refusal is asked for here, and the call repeated. */
  seekRemedy?: SeekRemedy | undefined;
}

/** Sends the access token with every call and asks once more with a new one after a 401. */
export function createLinks(options: LinkOptions): TRPCLink<AppRouter>[] {
  const { url, session, idleSeconds, seekRemedy } = options;
  async function headers(operations: Operation[]): Promise<Record<string, string>> {
    const token = await session.accessToken();
    for (const operation of operations) operation.context.accessToken = token;
    // The server's log, its jobs included, knows the request by it. Plain http on a foreign host has no random ids.
    const requestId = "randomUUID" in crypto ? crypto.randomUUID() : null;
    if (requestId) options.onRequest?.(requestId);
    const heardUpTo = options.heard?.upTo();
    return {
      ...trustHeaders,
      ...(requestId && { "x-request-id": requestId }),
      ...(idleSeconds && { "x-intake-idle": String(Math.floor(idleSeconds())) }),
      ...(heardUpTo && { "x-intake-heard": String(heardUpTo) }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    };
  }

  return [
    ...(seekRemedy ? [remedyLink(seekRemedy)] : []),
    retryLink({
      retry: ({ op, error, attempts }) =>
        attempts === 1 && error.data?.code === "UNAUTHORIZED" && session.reject(op.context.accessToken),
    }),
    splitLink({
      condition: (op) => op.type === "subscription",
      // The browser's own EventSource sends no headers, and a token in an address would end up in logs.
      true: httpSubscriptionLink({
        url,
        EventSource,
        eventSourceOptions: ({ op }) => ({
          fetch: async (address, init) =>
            fetch(address, { ...init, headers: { ...init.headers, ...(await headers([op])) } }),
        }),
      }),
      false: splitLink({
        condition: (op) => soloCalls.test(op.path),
        true: httpLink({
          url,
          headers: ({ op }) => (signedInSoloCalls.test(op.path) ? headers([op]) : trustHeaders),
        }),
        false: httpBatchLink({
          url,
          maxItems: maxBatchItems,
          maxURLLength: maxAddressLength,
          headers: ({ opList }) => headers(opList),
        }),
      }),
    }),
  ];
}

/** Proves to the server that our own script made the call: a foreign page cannot set this header (security rule 22). */
export const trustHeaders = { "x-requested-with": "intake" };
