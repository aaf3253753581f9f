// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/dom";
import { expect, test } from "vitest";
import { startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleSession } from "../testing/sample-data";

test("my sessions can be ended one by one or all but this one", async () => {
  const here = sampleSession(1, { isThisOne: true });
  const phone = sampleSession(2, { device: "Safari on iOS" });
  const unknown = sampleSession(3, { device: null, network: null });
  const server = startFakeServer({ "sessions.mine": () => [here, phone, unknown] });
  const { user } = openApp("/app/settings/security");
  await user.click(await screen.findByRole("button", { name: "Sign out Safari on iOS" }));
  await waitFor(() => expect(server.asked("sessions.end")).toEqual([{ sessionId: phone.id }]));
  expect(screen.queryByRole("button", { name: "Sign out Firefox on Windows" })).toBeNull();
  server.answers["sessions.endOthers"] = () => {
    server.answers["sessions.mine"] = () => [here];
    return { ended: 2 };
  };
  await user.click(screen.getByRole("button", { name: "Sign out everywhere else" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Sign out everywhere else" })).toBeNull());
  expect(server.asked("sessions.endOthers")).toHaveLength(1);
});

test("the history is in words, also for what this version has no words for", async () => {
  const at = "2026-11-20T09:14:00.000Z";
  startFakeServer({
    "sessions.history": () => [
      { id: sampleId(1), type: "auth.sign_in_failed", at, network: "81.2.69.0/24" },
      { id: sampleId(2), type: "auth.something_new", at, network: null },
    ],
  });
  openApp("/app/settings/security");
  await screen.findByText("Sign-in failed");
  screen.getByText("auth something new");
});
