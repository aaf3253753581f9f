// @vitest-environment happy-dom
import { screen } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";

const nobody = () => Promise.reject(new Refusal("UNAUTHORIZED", "Sign in to go on."));
const strong = "three wise old herons";

test("opening an invitation changes nothing; sending the form accepts it and signs in", async () => {
  const server = startFakeServer({ "auth.refresh": nobody });
  const { user } = openApp("/app/invitation#token-1");
  expect(await screen.findByRole("heading", { name: "Welcome to Calder & Rowe" })).toBeTruthy();
  expect(screen.getByText(/Thomas Rowe invites you to Intake\. Your role: Intake\./)).toBeTruthy();
  expect(server.asked("account.acceptInvitation")).toEqual([]);
  await user.type(screen.getByRole("textbox", { name: "Your name" }), "Zoltán Nagy");
  await user.type(screen.getByLabelText("Password"), strong);
  await user.click(screen.getByRole("button", { name: "Accept and sign in" }));
  expect(await screen.findByRole("region", { name: /^Six numbers/ })).toBeTruthy();
  expect(server.asked("account.acceptInvitation")).toMatchObject([
    { token: "token-1", name: "Zoltán Nagy", password: strong },
  ]);
});

test.each([
  ["/app/invitation#old", "This invitation has ended"],
  ["/app/reset#old", "This link has ended"],
])("a dead link at %s says so, without a form", async (address, title) => {
  startFakeServer({
    "auth.refresh": nobody,
    "account.invitationState": () => null,
    "account.resetState": () => null,
  });
  openApp(address);
  expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
  expect(screen.queryByLabelText(/assword/)).toBeNull();
});

test.each(["/app/invitation", "/app/reset"])("a cut-off link at %s asks nobody", async (address) => {
  const server = startFakeServer({ "auth.refresh": nobody });
  openApp(address);
  expect(await screen.findByRole("heading", { name: "This link is not complete" })).toBeTruthy();
  expect(server.calls.filter(({ path }) => path.endsWith("State"))).toEqual([]);
});

test("asking for a reset says the same whoever asks", async () => {
  const server = startFakeServer({ "auth.refresh": nobody });
  const { user } = openApp("/app/login");
  await user.click(await screen.findByRole("link", { name: "Forgot password?" }));
  await user.click(await screen.findByRole("button", { name: "Send the link" }));
  expect(await screen.findByText("Enter your email address.")).toBeTruthy();
  await user.type(screen.getByRole("textbox", { name: "Email" }), "nobody@example.com{Enter}");
  expect(await screen.findByText(/If nobody@example\.com signs in here, a link/)).toBeTruthy();
  expect(server.asked("account.requestReset")).toEqual([{ email: "nobody@example.com" }]);
});

test("a reset sets the password and leads to the sign-in", async () => {
  const server = startFakeServer({ "auth.refresh": nobody });
  const { user } = openApp("/app/reset#token-2");
  await user.type(await screen.findByLabelText("New password"), strong);
  await user.click(screen.getByRole("button", { name: "Set the password" }));
  expect(await screen.findByRole("heading", { name: "Your new password is set" })).toBeTruthy();
  expect(server.asked("account.resetPassword")).toEqual([{ token: "token-2", password: strong }]);
  expect(screen.getByRole("link", { name: "Sign in" })).toBeTruthy();
});

test("a link that ends while the form is filled in says so above the form", async () => {
  startFakeServer({
    "auth.refresh": nobody,
    "account.resetPassword": () =>
      Promise.reject(new Refusal("NOT_FOUND", "This link has been used or is older than 30 minutes.")),
  });
  const { user } = openApp("/app/reset#token-3");
  await user.type(await screen.findByLabelText("New password"), `${strong}{Enter}`);
  expect((await screen.findByRole("alert")).textContent).toContain("older than 30 minutes");
});
