import type { AppRouter } from "@intake/trpc/router";
import { createTRPCClient, httpLink } from "@trpc/client";
import { trustHeaders } from "./links";
import { createSession, type Session } from "./session";

/** The session of a browser tab: refresh token in the HttpOnly cookie, news and locks shared with the other tabs. */
export function createBrowserSession(url = "/trpc"): Session {
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url, headers: trustHeaders })] });
  return createSession({
    // Locks need a secure context; plain http on a host name other than localhost has none.
    locks: "locks" in navigator ? navigator.locks : undefined,
    channel: new BroadcastChannel("intake-session"),
    transport: {
      signIn: (credentials) => client.auth.login.mutate({ ...credentials, tokenDelivery: "cookie" }),
      refresh: () => client.auth.refresh.mutate({}),
      async signOut(accessToken) {
        const headers = { ...trustHeaders, authorization: `Bearer ${accessToken}` };
        await createTRPCClient<AppRouter>({ links: [httpLink({ url, headers })] }).auth.logout.mutate({});
      },
    },
  });
}
