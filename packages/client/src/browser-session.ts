import type { AppRouter } from "@intake/trpc/router";
import { createTRPCClient, httpLink } from "@trpc/client";
import { trustHeaders } from "./links";
import { createSession, type Session } from "./session";

/**
 * The session of a browser tab: refresh token in the HttpOnly cookie, news and locks shared with the other tabs. A page that has asked for
 * a refresh while this code was still on its way hands over the answer, to be taken once.
 */
export function createBrowserSession(url = "/trpc", underWay?: Promise<Response>): Session {
  let early = underWay;
  const takeEarly: typeof fetch = (...call) => {
    const answer = early ?? fetch(...call);
    early = undefined;
    return answer;
  };
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url, headers: trustHeaders })] });
  const refreshing = createTRPCClient<AppRouter>({
    links: [httpLink({ url, headers: trustHeaders, fetch: takeEarly })],
  });
  return createSession({
    // Locks need a secure context; plain http on a host name other than localhost has none.
    locks: "locks" in navigator ? navigator.locks : undefined,
    channel: new BroadcastChannel("intake-session"),
    transport: {
      signIn: (credentials) => client.auth.login.mutate({ ...credentials, tokenDelivery: "cookie" }),
      refresh: () => refreshing.auth.refresh.mutate({}),
      async signOut(accessToken) {
        const headers = { ...trustHeaders, authorization: `Bearer ${accessToken}` };
        await createTRPCClient<AppRouter>({ links: [httpLink({ url, headers })] }).auth.logout.mutate({});
      },
    },
  });
}
