// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/dom";
import { expect, test, vi } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleTokens } from "../testing/sample-data";

const nobody = () => Promise.reject(new Refusal("UNAUTHORIZED", "Sign in to go on."));
const email = () => screen.findByRole("textbox", { name: "Email" });
const password = () => screen.getByLabelText("Password");

test("a deep link leads to the sign-in and, after it, to where the person wanted to be", async () => {
  const server = startFakeServer({ "auth.refresh": nobody });
  const { user } = openApp(`/app/leads/${sampleId(1)}`);
  await user.type(await email(), " ana@example.com ");
  expect(location.pathname).toBe("/app/login");
  expect(document.title).toBe("Sign in · Intake");
  await user.type(password(), "four unrelated words here");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 1" })).toBeTruthy();
  expect(location.pathname).toBe(`/app/leads/${sampleId(1)}`);
  expect(server.asked("auth.login")).toEqual([
    { email: "ana@example.com", password: "four unrelated words here", tokenDelivery: "cookie" },
  ]);
});

test("a foreign address to go on to is not followed", async () => {
  startFakeServer();
  openApp("/app/login?next=https%3A%2F%2Fevil.example%2Fapp%2F");
  // Signed in already, so the page sends on by itself.
  expect(await screen.findByRole("region", { name: /^Six numbers/ })).toBeTruthy();
  expect(location.href).toBe("http://localhost:3000/app/");
});

test("empty fields are named, the first has the focus, and nothing is sent", async () => {
  const server = startFakeServer({ "auth.refresh": nobody });
  const { user } = openApp("/app/login");
  await email();
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByText("Enter your email address.")).toBeTruthy();
  expect(screen.getByText("Enter your password.")).toBeTruthy();
  await waitFor(async () => expect(document.activeElement).toBe(await email()));
  expect(server.asked("auth.login")).toEqual([]);
});

test("a refused sign-in says why and keeps what was typed", async () => {
  startFakeServer({
    "auth.refresh": nobody,
    "auth.login": () =>
      Promise.reject(new Refusal("UNAUTHORIZED", "Email or password is wrong.", { requestId: "req-1" })),
  });
  const { user } = openApp("/app/login");
  await user.type(await email(), "ana@example.com");
  await user.type(password(), "wrong words");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByText("Email or password is wrong.")).toBeTruthy();
  expect(password()).toHaveProperty("value", "wrong words");
  expect(location.pathname).toBe("/app/login");
});

test("the password can be shown and hidden", async () => {
  startFakeServer({ "auth.refresh": nobody });
  const { user } = openApp("/app/login");
  await email();
  await user.click(screen.getByRole("button", { name: "Show password" }));
  expect(password().getAttribute("type")).toBe("text");
  await user.click(screen.getByRole("button", { name: "Show password" }));
  expect(password().getAttribute("type")).toBe("password");
});

test("when even the session cannot be asked for, the whole page says so and can try again", async () => {
  // The router and React tell developers about an error that a page has caught.
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const server = startFakeServer({
    "auth.refresh": () => Promise.reject(new Refusal("SERVICE_UNAVAILABLE", "Down for a moment.")),
  });
  const { user } = openApp("/app/leads");
  expect(await screen.findByRole("heading", { name: "This page could not be loaded" })).toBeTruthy();
  server.answers["auth.refresh"] = () => sampleTokens();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("table", { name: "Leads" })).toBeTruthy();
});
