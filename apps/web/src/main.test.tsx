// @vitest-environment happy-dom
import { configure, screen, waitFor } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "./testing/fake-server";

configure({ asyncUtilTimeout: 8000 });
Object.defineProperty(HTMLUnknownElement.prototype, Symbol.toStringTag, { value: "HTMLElement" });

test("signing out from the menu ends the session and leads to the sign-in, deep link kept", async () => {
  const server = startFakeServer();
  document.body.innerHTML = '<div id="root"></div>';
  history.replaceState(null, "", "/app/leads?q=zoe");
  await import("./main");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: /account and settings/ }));
  server.answers["auth.refresh"] = () => Promise.reject(new Refusal("UNAUTHORIZED", "Sign in to go on."));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByText("You are signed out.")).toBeTruthy();
  expect(server.asked("auth.logout")).toHaveLength(1);
  await waitFor(() => expect(new URLSearchParams(location.search).get("next")).toBe("/app/leads?q=zoe"));
});
