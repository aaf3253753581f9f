import type { AppRouter } from "@intake/trpc/router";
import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";
import { createLinks, trustHeaders } from "./links";
import { type Credentials, createSession, type Session } from "./session";

export type IntakeClientOptions =
  | { baseUrl: string; accessToken: string; credentials?: undefined }
  | { baseUrl: string; credentials: Credentials; accessToken?: undefined };

/**
 * A typed client for Node and scripts. With `credentials` it signs in when the first call needs it and keeps itself
 * signed in; with `accessToken` it lasts as long as the token.
 */
export function createIntakeClient(options: IntakeClientOptions): TRPCClient<AppRouter> {
  const url = new URL("/trpc", options.baseUrl).href;
  const session = options.credentials
    ? credentialSession(url, options.credentials)
    : { accessToken: async () => options.accessToken, reject: () => false };
  return createTRPCClient<AppRouter>({ links: createLinks({ url, session }) });
}

function credentialSession(url: string, credentials: Credentials): Session {
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url, headers: trustHeaders })] });
  let refreshToken: string | undefined;

  async function signIn() {
    const answer = await client.auth.login.mutate({ ...credentials, tokenDelivery: "body" });
    if ("secondFactor" in answer)
      throw new Error("This account asks for a second factor, which a script cannot give: use an API key.");
    refreshToken = answer.refreshToken;
    return answer;
  }

  async function refresh() {
    if (!refreshToken) return signIn();
    const spent = refreshToken;
    refreshToken = undefined;
    try {
      const answer = await client.auth.refresh.mutate({ refreshToken: spent });
      refreshToken = answer.refreshToken;
      return answer;
    } catch {
      // Idle too long or spent: the credentials are the truth here.
      return signIn();
    }
  }

  return createSession({
    transport: {
      signIn,
      refresh,
      async signOut() {
        refreshToken = undefined;
      },
    },
  });
}
