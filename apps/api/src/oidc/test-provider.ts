import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** A person at the provider. */
export interface ProviderPerson {
  sub: string;
  email: string;
  email_verified: boolean;
  name: string;
}

/** A real OpenID Connect provider that signs in whoever `person` is at the moment, without asking. */
export async function startTestProvider(redirectUri: () => string) {
  const state = { person: null as ProviderPerson | null };
  const people = new Map<string, ProviderPerson>();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "intake", client_secret: "a secret of the test", redirect_uris: [redirectUri()] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["a key of the test"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => {
      const person = people.get(sub);
      return person && { accountId: sub, claims: () => ({ ...person }) };
    },
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({
        ...(client && { clientId: client.clientId }),
        ...(session?.accountId && { accountId: session.accountId }),
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });

  async function handle(...[request, response]: Parameters<ReturnType<Provider["callback"]>>): Promise<void> {
    const { person } = state;
    if (!request.url?.startsWith("/interaction/") || !person)
      return void provider.callback()(request, response);
    people.set(person.sub, person);
    await provider.interactionFinished(request, response, { login: { accountId: person.sub } });
  }

  return {
    issuer,
    /** Who sits in front of the provider's page from now on. */
    becomes: (person: ProviderPerson) => {
      state.person = person;
    },
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

/** A browser that keeps cookies for each origin and lets the test look at every redirect. */
export function createTestBrowser() {
  const jar = new Map<string, Map<string, string>>();
  return {
    jar,
    async open(address: string): Promise<{ status: number; location: string | null; body: string }> {
      const { origin } = new URL(address);
      const cookies = jar.get(origin) ?? new Map<string, string>();
      jar.set(origin, cookies);
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(address, { redirect: "manual", headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ""] = line.split(";");
        const name = pair.slice(0, pair.indexOf("="));
        if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
        else cookies.set(name, pair.slice(name.length + 1));
      }
      const location = response.headers.get("location");
      return {
        status: response.status,
        location: location && new URL(location, address).href,
        body: await response.text(),
      };
    },
  };
}
