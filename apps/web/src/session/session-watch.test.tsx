// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/dom";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleTokens } from "../testing/sample-data";

// The clock stands still until it is moved; timers run as ever.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});
/** Lets so many seconds pass; the watch looks at the clock at once, as after sleep. */
const pass = (seconds: number) => {
  vi.setSystemTime(Date.now() + seconds * 1000);
  document.dispatchEvent(new Event("visibilitychange"));
};

async function openList(changes: Parameters<typeof startFakeServer>[0] = {}) {
  const server = startFakeServer(changes);
  const app = openApp("/app/leads");
  await screen.findByRole("heading", { name: "Leads" });
  await waitFor(() => expect(server.asked("sessions.touch")).toHaveLength(1));
  return { server, ...app };
}

test("two minutes before the end a dialog asks, and staying tells the server", async () => {
  const { server, user } = await openList();
  pass(28 * 60 + 5);
  const dialog = await screen.findByRole("alertdialog", { name: "Are you still there?" });
  expect(dialog.textContent).toMatch(/signed out in 1:5\d/);
  await user.click(screen.getByRole("button", { name: "Stay signed in" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(server.asked("sessions.touch")).toHaveLength(2);
  pass(27 * 60);
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("somebody who works without calls is told to the server, at most once a minute", async () => {
  const { server, user } = await openList();
  pass(61);
  await user.keyboard("{Shift}");
  await waitFor(() => expect(server.asked("sessions.touch")).toHaveLength(2));
  await user.keyboard("{Shift}{Shift}");
  pass(10);
  await user.keyboard("{Shift}");
  pass(1);
  expect(server.asked("sessions.touch")).toHaveLength(2);
});

test("at the end the page stays as it was, covered, and the same person goes on in it", async () => {
  const { user, server } = await openList();
  const search = screen.getByRole<HTMLInputElement>("searchbox");
  await user.type(search, "lindq");
  await waitFor(() => expect(server.asked("leads.list").at(-1)).toMatchObject({ q: "lindq" }));
  pass(30 * 60 + 1);
  await screen.findByRole("dialog", { name: "Sign in again" });
  expect(location.pathname).toBe("/app/leads");
  await user.type(screen.getByLabelText("Password"), "three wise old herons");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(server.asked("auth.login")).toEqual([
    { email: "ana@example.com", password: "three wise old herons", tokenDelivery: "cookie" },
  ]);
  expect(screen.getByRole<HTMLInputElement>("searchbox")).toBe(search);
  expect(search.value).toBe("lindq");
  // The new session is not measured by the old one's end.
  pass(1);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a wrong password is said in its place, and an account with two factors asks for the second", async () => {
  const { user } = await openList({
    "auth.login": ({ password }) => {
      if (password === "wrong")
        throw new Refusal("UNAUTHORIZED", "This email and password do not fit together.");
      return { secondFactor: { token: "t", methods: ["authenticator"], expiresIn: 600 } };
    },
  });
  pass(30 * 60 + 1);
  await user.type(await screen.findByLabelText("Password"), "wrong");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect((await screen.findByRole("alert")).textContent).toContain("do not fit together");
  await user.clear(screen.getByLabelText("Password"));
  await user.type(screen.getByLabelText("Password"), "right");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("heading", { name: "Enter the six digits" });
});

test("another person gets a fresh page", async () => {
  const { user, session } = await openList();
  const search = screen.getByRole<HTMLInputElement>("searchbox");
  await user.type(search, "x");
  pass(30 * 60 + 1);
  await screen.findByRole("dialog", { name: "Sign in again" });
  session.adopt(sampleTokens({ id: "0199b3c0-0000-7000-8000-000000000999", name: "Ben Okafor" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByRole("searchbox")).not.toBe(search);
});

test("the absolute end is announced too and cannot be put off", async () => {
  const { user } = await openList({ "sessions.touch": () => ({ idleEndsIn: 100, absoluteEndsIn: 100 }) });
  // As soon as the server has said so.
  await waitFor(() => {
    pass(0);
    screen.getByRole("alertdialog", { name: "Your session ends soon" });
  });
  await user.click(screen.getByRole("button", { name: "Go on for now" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  pass(101);
  await screen.findByRole("dialog", { name: "Sign in again" });
});
