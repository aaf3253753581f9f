// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/dom";
import { expect, test } from "vitest";
import { startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId } from "../testing/sample-data";

const mention = {
  leadId: sampleId(1),
  firstName: "Zoë",
  lastName: "Lindqvist",
  at: "2026-11-20T09:14:00.000Z",
};

test("notes that name the person lead to the newest, and are gone when it was opened", async () => {
  const server = startFakeServer({
    "notes.myMentions": () => [mention, { ...mention, leadId: sampleId(2) }],
  });
  const { user } = openApp("/app/settings/profile");
  const link = await screen.findByRole("link", { name: /Names you.*2 notes not seen/ });
  server.answers["notes.myMentions"] = () => [];
  await user.click(link);
  await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 1" });
  await waitFor(() => expect(screen.queryByRole("link", { name: /Names you/ })).toBeNull());
});
