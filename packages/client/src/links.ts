import type { AppRouter } from "@intake/trpc/router";
import { httpBatchLink, httpLink, type Operation, retryLink, splitLink, type TRPCLink } from "@trpc/client";
import type { Session } from "./session";

/** Calls that sign in or rely on the refresh cookie; each travels alone (security rule 26). */
const soloCalls = new Set(["auth.login", "auth.refresh", "auth.logout", "auth.createFirstAdmin"]);

// The server refuses batches over ten calls, proxies refuse very long addresses.
const maxBatchItems = 10;
const maxAddressLength = 6000;

interface LinkOptions {
  /** Address of the tRPC mount, for example `/trpc`. */
  url: string;
  session: Pick<Session, "accessToken" | "reject">;
}

/** Sends the access token with every call and asks once more with a new one after a 401. */
export function createLinks({ url, session }: LinkOptions): TRPCLink<AppRouter>[] {
  async function headers(operations: Operation[]): Promise<Record<string, string>> {
    const token = await session.accessToken();
    for (const operation of operations) operation.context.accessToken = token;
    return { ...trustHeaders, ...(token ? { authorization: `Bearer ${token}` } : {}) };
  }

  return [
    retryLink({
      retry: ({ op, error, attempts }) =>
        attempts === 1 && error.data?.code === "UNAUTHORIZED" && session.reject(op.context.accessToken),
    }),
    splitLink({
      condition: (op) => soloCalls.has(op.path),
      true: httpLink({ url, headers: trustHeaders }),
      false: httpBatchLink({
        url,
        maxItems: maxBatchItems,
        maxURLLength: maxAddressLength,
        headers: ({ opList }) => headers(opList),
      }),
    }),
  ];
}

/** Proves to the server that our own script made the call: a foreign page cannot set this header (security rule 22). */
export const trustHeaders = { "x-requested-with": "intake" };
