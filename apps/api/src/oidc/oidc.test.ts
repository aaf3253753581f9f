import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../testing/test-app";
import { createOidcProvider } from "./oidc-provider";
import { callbackPath } from "./oidc-routes";
import { createTestBrowser, type ProviderPerson, startTestProvider } from "./test-provider";

let app: TestApp;
let provider: Awaited<ReturnType<typeof startTestProvider>>;
let people = 0;

beforeAll(async () => {
  app = await startTestApp();
  provider = await startTestProvider(() => `${app.baseUrl}${callbackPath}`);
  app.effects.identityProvider = createOidcProvider(
    {
      issuer: new URL(provider.issuer),
      ...{ clientId: "intake", clientSecret: "a secret of the test", name: "Contoso" },
      ...{ allowedDomains: ["contoso.example"], defaultRole: "INTAKE" as const },
    },
    `${app.baseUrl}${callbackPath}`,
  );
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

function someone(changes: Partial<ProviderPerson> = {}): ProviderPerson {
  people += 1;
  const email = `person${people}@contoso.example`;
  return { sub: `sub-${people}`, email, email_verified: true, name: "Sakura Kondō", ...changes };
}

const findUser = (email: string) => app.effects.db.prisma.user.findUnique({ where: { email } });

/** Goes from the sign-in page through the provider to the address it sends back to, and stops there. */
async function goToProvider(browser: ReturnType<typeof createTestBrowser>, next = "/app/leads") {
  let address = `${app.baseUrl}/api/auth/sso/start?next=${encodeURIComponent(next)}`;
  for (let hops = 0; hops < 10 && !address.startsWith(`${app.baseUrl}${callbackPath}`); hops += 1) {
    const { location, status, body } = await browser.open(address);
    if (!location) throw new Error(`${status} instead of a redirect: ${body.slice(0, 300)}`);
    address = location;
  }
  return address;
}

async function signIn(person: ProviderPerson, browser = createTestBrowser()) {
  provider.becomes(person);
  const { location } = await browser.open(await goToProvider(browser));
  const cookies = browser.jar.get(app.baseUrl);
  return { location, refreshToken: cookies?.get("intake_refresh"), browser };
}

const refused = () => `${app.baseUrl}/app/login?sso=refused&next=%2Fapp%2Fleads`;

test("somebody of an allowed domain gets an account once, a session, and goes on where they wanted to be", async () => {
  const person = someone();
  const first = await signIn(person);
  expect(first.location).toBe(`${app.baseUrl}/app/login?next=%2Fapp%2Fleads`);
  const user = await findUser(person.email);
  expect(user).toMatchObject({ role: "INTAKE", name: "Sakura Kondō", passwordHash: null });
  const refreshed = await app.call("POST", "/api/auth/refresh", {
    body: { refreshToken: first.refreshToken },
  });
  expect(await refreshed.json()).toMatchObject({ user: { id: user?.id } });
  const session = await app.effects.db.prisma.session.findFirstOrThrow({ where: { userId: user?.id ?? "" } });
  expect(session.method).toBe("SINGLE_SIGN_ON");
  // The subject is who they are, whatever their address is by now.
  await signIn({ ...person, email: "changed@elsewhere.example" });
  expect(await app.effects.db.prisma.session.count({ where: { userId: user?.id ?? "" } })).toBe(2);
  expect(first.browser.jar.get(app.baseUrl)?.has("intake_sso")).toBe(false);
});

test("a colleague is known by a verified address, also of another domain, and keeps their role", async () => {
  const user = await app.createUser("ATTORNEY", { email: "ana@partner.example" });
  const { refreshToken } = await signIn(someone({ email: "Ana@partner.example" }));
  expect(refreshToken).toBeDefined();
  expect(await findUser("ana@partner.example")).toMatchObject({ id: user.id, role: "ATTORNEY" });
});

test.each([
  ["an unverified address of a colleague", { email: "ruth@contoso.example", email_verified: false }],
  ["an unverified address of an allowed domain", { email_verified: false }],
  ["a foreign domain", { email: "x@elsewhere.example" }],
  ["a domain that only ends like an allowed one", { email: "x@evilcontoso.example" }],
  ["a domain under an allowed one", { email: "x@sub.contoso.example" }],
])("%s does not get in", async (_name, changes) => {
  if (!(await findUser("ruth@contoso.example")))
    await app.createUser("ADMIN", { email: "ruth@contoso.example" });
  const count = await app.effects.db.prisma.user.count();
  const { location, refreshToken } = await signIn(someone(changes));
  expect(location).toBe(refused());
  expect(refreshToken).toBeUndefined();
  expect(await app.effects.db.prisma.user.count()).toBe(count);
});

test("somebody who was deactivated stays outside", async () => {
  const person = someone();
  await signIn(person);
  await app.effects.db.prisma.user.update({
    where: { email: person.email },
    data: { disabledAt: new Date() },
  });
  expect((await signIn(person)).location).toBe(refused());
});

test("an answer counts only in the browser that asked, once, and with its own state", async () => {
  provider.becomes(someone());
  const victim = createTestBrowser();
  const attacker = createTestBrowser();
  const answer = await goToProvider(attacker);
  // Sign-in of the attacker pushed onto somebody who never asked, or who asked for something else.
  expect((await victim.open(answer)).location).toBe(`${app.baseUrl}/app/login?sso=refused`);
  await goToProvider(victim);
  expect((await victim.open(answer)).location).toBe(refused());
  // Without its state, with another's, with an error in place of a code.
  for (const change of ["state=", "state=another", "error=access_denied"]) {
    const browser = createTestBrowser();
    const address = new URL(await goToProvider(browser));
    const [name = "", value = ""] = change.split("=");
    address.searchParams.set(name, value);
    expect((await browser.open(address.href)).location, change).toBe(refused());
    expect(browser.jar.get(app.baseUrl)?.has("intake_refresh")).toBe(false);
  }
  const browser = createTestBrowser();
  const good = await goToProvider(browser);
  const sso = browser.jar.get(app.baseUrl)?.get("intake_sso") ?? "";
  expect((await browser.open(good)).location).not.toContain("refused");
  browser.jar.get(app.baseUrl)?.set("intake_sso", sso);
  expect((await browser.open(good)).location).toBe(refused());
});

test("an answer with another nonce, or in the name of another issuer, is refused", async () => {
  provider.becomes(someone());
  const { identityProvider } = app.effects;
  if (!identityProvider) throw new Error("No provider");
  const { signInAddress } = identityProvider;
  for (const [name, value] of [["nonce", "another"]] as const) {
    identityProvider.signInAddress = async (binding) => {
      const address = await signInAddress(binding);
      address.searchParams.set(name, value);
      return address;
    };
    const browser = createTestBrowser();
    expect((await browser.open(await goToProvider(browser))).location, name).toBe(refused());
  }
  identityProvider.signInAddress = signInAddress;
  const browser = createTestBrowser();
  const address = new URL(await goToProvider(browser));
  address.searchParams.set("iss", "https://evil.example");
  expect((await browser.open(address.href)).location).toBe(refused());
});

test("the address to go on to is only handed to the sign-in page, never followed", async () => {
  provider.becomes(someone());
  const browser = createTestBrowser();
  const answer = await goToProvider(browser, "https://evil.example/");
  expect((await browser.open(answer)).location).toBe(
    `${app.baseUrl}/app/login?next=https%3A%2F%2Fevil.example%2F`,
  );
});
