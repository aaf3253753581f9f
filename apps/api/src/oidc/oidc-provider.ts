import type { Role } from "@intake/core/auth/schema";
import type { IdentityProvider, SignInBinding } from "@intake/core/ports/identity-provider";
import * as client from "openid-client";
import { z } from "zod";

export interface OidcSettings {
  issuer: URL;
  clientId: string;
  clientSecret: string;
  name: string;
  allowedDomains: string[];
  defaultRole: Role;
}

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
});

const timeoutSeconds = 10;

/** Any OpenID Connect provider: authorization code with PKCE. `redirectUri` is registered with it. */
export function createOidcProvider(settings: OidcSettings, redirectUri: string): IdentityProvider {
  let discovered: Promise<client.Configuration> | null = null;

  // Found out with the first sign-in, so that Intake starts while the provider is away.
  function configuration(): Promise<client.Configuration> {
    discovered ??= discover(settings).catch((error: unknown) => {
      discovered = null;
      throw error;
    });
    return discovered;
  }

  return {
    name: settings.name,
    allowedDomains: settings.allowedDomains,
    defaultRole: settings.defaultRole,
    async signInAddress({ state, nonce, codeVerifier }: SignInBinding) {
      return client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: "openid email profile",
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: "S256",
      });
    },
    async readAnswer(address, { state, nonce, codeVerifier }) {
      const config = await configuration();
      const tokens = await client.authorizationCodeGrant(config, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const idToken = claimsSchema.parse(tokens.claims());
      // Providers may keep the address out of the ID token and behind the userinfo endpoint.
      const claims =
        idToken.email !== undefined
          ? idToken
          : claimsSchema.parse({
              ...(await client.fetchUserInfo(config, tokens.access_token, idToken.sub)),
              iss: idToken.iss,
            });
      return {
        issuer: idToken.iss,
        subject: idToken.sub,
        email: claims.email ?? null,
        isEmailVerified: claims.email_verified === true,
        name: claims.name ?? null,
      };
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<client.Configuration> {
  const config = await client.discovery(issuer, clientId, clientSecret, undefined, {
    timeout: timeoutSeconds,
    // Settings allow plain http only for a provider on this machine.
    execute: issuer.protocol === "http:" ? [client.allowInsecureRequests] : [],
  });
  return config;
}
