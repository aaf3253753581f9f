// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleFactors, sampleLead, samplePage, sampleTokens } from "../testing/sample-data";

const nobody = () => Promise.reject(new Refusal("UNAUTHORIZED", "Sign in to go on."));
const question = {
  secondFactor: {
    token: "step-1",
    methods: ["authenticator" as const, "recovery-code" as const],
    expiresIn: 300,
  },
};
const wrongCode = () =>
  Promise.reject(
    new Refusal("UNPROCESSABLE_CONTENT", "This code does not fit.", {
      errors: [{ path: "code", message: "This code does not fit." }],
    }),
  );

async function openSecondStep(changes: Parameters<typeof startFakeServer>[0] = {}) {
  const server = startFakeServer({ "auth.refresh": nobody, "auth.login": () => question, ...changes });
  const app = openApp("/app/login");
  await app.user.type(await screen.findByRole("textbox", { name: "Email" }), "ana@example.com");
  await app.user.type(screen.getByLabelText("Password"), "four unrelated words");
  await app.user.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("heading", { name: "Enter the six digits" });
  return { server, ...app };
}

test("six digits send themselves, spaces and all, and lead on", async () => {
  const { server, user } = await openSecondStep();
  const field = screen.getByLabelText("Code");
  expect(field.getAttribute("autocomplete")).toBe("one-time-code");
  await user.type(field, "123 456");
  expect(await screen.findByRole("region", { name: /^Six numbers/ })).toBeTruthy();
  expect(server.asked("auth.verifySecondFactor")).toEqual([{ token: "step-1", code: "123 456" }]);
});

test("a wrong code is said at the field; the next one can be typed at once", async () => {
  const { server, user } = await openSecondStep({ "auth.verifySecondFactor": wrongCode });
  await user.type(screen.getByLabelText("Code"), "000000");
  expect(await screen.findByText("This code does not fit.")).toBeTruthy();
  server.answers["auth.verifySecondFactor"] = () => sampleTokens();
  await user.clear(screen.getByLabelText("Code"));
  await user.type(screen.getByLabelText("Code"), "123456");
  expect(await screen.findByRole("region", { name: /^Six numbers/ })).toBeTruthy();
});

test("a recovery code is the other way", async () => {
  const { server, user } = await openSecondStep();
  await user.click(screen.getByRole("button", { name: "Use a recovery code" }));
  await user.type(await screen.findByLabelText("Recovery code"), "abcde-fgh12");
  await user.click(screen.getByRole("button", { name: "Continue" }));
  expect(await screen.findByRole("region", { name: /^Six numbers/ })).toBeTruthy();
  expect(server.asked("auth.verifySecondFactor")).toEqual([{ token: "step-1", recoveryCode: "abcde-fgh12" }]);
});

test("a sign-in that is over leads back to the password and says so", async () => {
  const { user } = await openSecondStep({
    "auth.verifySecondFactor": () =>
      Promise.reject(
        new Refusal("UNAUTHORIZED", "This sign-in took too long or too many tries. Start again."),
      ),
  });
  await user.type(screen.getByLabelText("Code"), "000000");
  expect(await screen.findByText(/took too long or too many tries/)).toBeTruthy();
  expect(screen.getByRole("heading", { name: "Sign in" })).toBeTruthy();
});

test("single sign-on is offered where the office has it, and its refusal is said", async () => {
  startFakeServer({ "auth.refresh": nobody, "auth.ways": () => ({ singleSignOn: "Contoso" }) });
  openApp("/app/login?sso=refused&next=/app/leads%3Fq%3Dx");
  const link = await screen.findByRole("link", { name: "Sign in with Contoso" });
  expect(link.getAttribute("href")).toBe("/api/auth/sso/start?next=%2Fapp%2Fleads%3Fq%3Dx");
  expect(screen.getByText(/Single sign-on did not let you in/)).toBeTruthy();
});

test("setting up an authenticator: key, code, recovery codes once", async () => {
  const server = startFakeServer();
  const { user } = openApp("/app/settings/security");
  await user.click(await screen.findByRole("button", { name: "Set up authenticator app" }));
  const setup = within(await screen.findByRole("dialog", { name: "Set up an authenticator app" }));
  expect(setup.getByRole("img", { name: /QR code/ })).toBeTruthy();
  expect(setup.getByText("JBSW Y3DP EHPK 3PXP")).toBeTruthy();
  server.answers["secondFactor.state"] = () =>
    sampleFactors({ authenticatorSince: "2026-11-20T09:14:00.000Z", recoveryCodesLeft: 10 });
  await user.type(setup.getByLabelText("Code"), "123456");
  const codes = within(await screen.findByRole("dialog", { name: "Keep these recovery codes" }));
  expect(codes.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
    "abcde-fgh12",
    "bcdef-ghj34",
  ]);
  await user.click(codes.getByRole("button", { name: "I have kept them" }));
  expect(await screen.findByRole("button", { name: "Remove authenticator app" })).toBeTruthy();
  expect(screen.queryByText("abcde-fgh12")).toBeNull();
});

const needsStepUp = () =>
  Promise.reject(new Refusal("FORBIDDEN", "Confirm that it is you to go on.", { remedy: "step-up" }));

test("a refused change asks who is there and is repeated after the password", async () => {
  const factors = sampleFactors({ authenticatorSince: "2026-11-20T09:14:00.000Z", recoveryCodesLeft: 2 });
  const server = startFakeServer({
    "secondFactor.state": () => factors,
    "secondFactor.removeAuthenticator": needsStepUp,
  });
  server.answers["auth.stepUp"] = () => {
    server.answers["secondFactor.removeAuthenticator"] = () => null;
    return null;
  };
  const { user } = openApp("/app/settings/security");
  await user.click(await screen.findByRole("button", { name: "Remove authenticator app" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Confirm that it is you" }));
  await user.type(await dialog.findByLabelText("Password"), "four unrelated words");
  await user.click(dialog.getByRole("button", { name: "Confirm" }));
  await waitFor(() => expect(server.asked("secondFactor.removeAuthenticator")).toHaveLength(2));
  expect(server.asked("auth.stepUp")).toEqual([{ password: "four unrelated words" }]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("who closes the question changes nothing", async () => {
  const factors = sampleFactors({ authenticatorSince: "2026-11-20T09:14:00.000Z", recoveryCodesLeft: 9 });
  const server = startFakeServer({
    "secondFactor.state": () => factors,
    "secondFactor.removeAuthenticator": needsStepUp,
  });
  const { user } = openApp("/app/settings/security");
  await user.click(await screen.findByRole("button", { name: "Remove authenticator app" }));
  await user.click(await screen.findByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(server.asked("secondFactor.removeAuthenticator")).toHaveLength(1);
  expect(screen.getByRole("button", { name: "Remove authenticator app" })).toBeTruthy();
});

test("a role that needs a second factor gets the page to set one up, then where it wanted to be", async () => {
  const refused = () =>
    Promise.reject(
      new Refusal("FORBIDDEN", "Your role needs a second factor.", { remedy: "second-factor-setup" }),
    );
  const server = startFakeServer({ "leads.list": refused, "leads.totals": refused });
  const { user } = openApp("/app/leads");
  expect(await screen.findByRole("heading", { level: 1, name: "Set up a second factor" })).toBeTruthy();
  await user.click(await screen.findByRole("button", { name: "Set up authenticator app" }));
  server.answers["leads.list"] = () => samplePage([sampleLead(1)]);
  server.answers["leads.totals"] = () => ({ PENDING: 1, REACHED_OUT: 0 });
  await user.type(await screen.findByLabelText("Code"), "123456");
  await user.click(await screen.findByRole("button", { name: "I have kept them" }));
  expect(await screen.findByRole("table", { name: "Leads" })).toBeTruthy();
});
