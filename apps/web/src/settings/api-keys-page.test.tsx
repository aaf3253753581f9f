// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleApiKey, sampleTokens } from "../testing/sample-data";

const admin = { "auth.refresh": () => sampleTokens({ role: "ADMIN" }) };

test("a key is made with a name and a role, and shown once", async () => {
  const server = startFakeServer(admin);
  const { user } = openApp("/app/settings/api-keys");
  await screen.findByText(/No keys yet/);
  await user.click(screen.getByRole("button", { name: "Make a key" }));
  await user.click(screen.getByRole("button", { name: "Make the key" }));
  await screen.findByText("Name the key after what uses it.");
  await user.type(screen.getByLabelText("Name"), "Reporting");
  server.answers["apiKeys.list"] = () => [sampleApiKey(1)];
  await user.click(screen.getByRole("button", { name: "Make the key" }));
  await screen.findByText(/^intake_/);
  expect(server.asked("apiKeys.create")).toEqual([{ name: "Reporting", role: "READ_ONLY" }]);
  await screen.findByText(/never used/);
});

test("revoking asks first", async () => {
  const server = startFakeServer({ ...admin, "apiKeys.list": () => [sampleApiKey(1)] });
  const { user } = openApp("/app/settings/api-keys");
  await user.click(await screen.findByRole("button", { name: "Revoke Reporting" }));
  await user.click(screen.getByRole("button", { name: "Keep" }));
  expect(server.asked("apiKeys.revoke")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Revoke Reporting" }));
  server.answers["apiKeys.list"] = () => [];
  await user.click(screen.getByRole("button", { name: "Revoke for good" }));
  await screen.findByText(/No keys yet/);
  expect(server.asked("apiKeys.revoke")).toEqual([{ apiKeyId: sampleApiKey(1).id }]);
});

test("a list that cannot be loaded says so and can be asked for again", async () => {
  const server = startFakeServer({
    ...admin,
    "apiKeys.list": () => {
      throw new Refusal("INTERNAL_SERVER_ERROR", "Something went wrong on our side.");
    },
  });
  const { user } = openApp("/app/settings/api-keys");
  await screen.findByText("The keys could not be loaded.");
  server.answers["apiKeys.list"] = () => [];
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText(/No keys yet/);
});

test("other roles are told why not, and nothing is asked", async () => {
  const server = startFakeServer();
  openApp("/app/settings/api-keys");
  await screen.findByText("Only admins manage API keys.");
  await waitFor(() => expect(screen.queryByRole("link", { name: "API keys" })).toBeNull());
  expect(server.asked("apiKeys.list")).toEqual([]);
});
