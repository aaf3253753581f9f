// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleRules } from "../testing/sample-people";

const nobody = () => Promise.reject(new Refusal("UNAUTHORIZED", "Sign in to go on."));

test("a good link creates the first admin and signs in", async () => {
  const server = startFakeServer({ "auth.refresh": nobody });
  const { user } = openApp("/app/setup#token%2F1");
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "Ana Ruiz");
  await user.type(screen.getByRole("textbox", { name: "Email" }), "ana@example.com");
  await user.type(screen.getByLabelText("Password"), "short");
  await user.click(screen.getByRole("button", { name: "Create and sign in" }));
  expect(await screen.findByText("Use at least 12 characters: a few words in a row work well.")).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Password")));
  expect(server.asked("auth.createFirstAdmin")).toEqual([]);

  await user.type(screen.getByLabelText("Password"), " but longer now");
  await user.click(screen.getByRole("button", { name: "Create and sign in" }));
  expect(await screen.findByRole("region", { name: /^Six numbers/ })).toBeTruthy();
  expect(server.asked("auth.setupState")).toEqual([{ token: "token/1" }]);
  expect(server.asked("auth.createFirstAdmin")).toEqual([
    { token: "token/1", name: "Ana Ruiz", email: "ana@example.com", password: "short but longer now" },
  ]);
});

test("what the server refuses stands at its field", async () => {
  startFakeServer({
    "auth.refresh": nobody,
    "auth.createFirstAdmin": () =>
      Promise.reject(
        new Refusal("UNPROCESSABLE_CONTENT", "Check the password.", {
          errors: [{ path: "password", message: "This password is in every list of stolen ones." }],
        }),
      ),
  });
  const { user } = openApp("/app/setup#token");
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "Ana");
  await user.type(screen.getByRole("textbox", { name: "Email" }), "ana@example.com");
  await user.type(screen.getByLabelText("Password"), "password password");
  await user.click(screen.getByRole("button", { name: "Create and sign in" }));
  expect(await screen.findByText("This password is in every list of stolen ones.")).toBeTruthy();
  expect(screen.getByLabelText("Password").getAttribute("aria-invalid")).toBe("true");
});

test.each([
  ["used", { needsFirstAdmin: false, tokenValid: false, rules: sampleRules }, "This link has been used"],
  ["too old", { needsFirstAdmin: true, tokenValid: false, rules: sampleRules }, "This link is too old"],
])("a link that is %s says so, without a form", async (_, state, title) => {
  startFakeServer({ "auth.refresh": nobody, "auth.setupState": () => state });
  openApp("/app/setup#token");
  expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByRole("link", { name: "Sign in" }) !== null).toBe(!state.needsFirstAdmin);
});

test("a link without its token asks nobody", async () => {
  const server = startFakeServer({ "auth.refresh": nobody });
  openApp("/app/setup");
  expect(await screen.findByRole("heading", { name: "This link is not complete" })).toBeTruthy();
  expect(server.asked("auth.setupState")).toEqual([]);
});

test("a link that could not be checked can be checked again", async () => {
  const server = startFakeServer({
    "auth.refresh": nobody,
    "auth.setupState": () => Promise.reject(new Refusal("TOO_MANY_REQUESTS", "Wait a minute.")),
  });
  const { user } = openApp("/app/setup#token");
  expect(await screen.findByText("Wait a minute.")).toBeTruthy();
  server.answers["auth.setupState"] = () => ({ needsFirstAdmin: true, tokenValid: true, rules: sampleRules });
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { name: "Create the first admin" })).toBeTruthy();
});
