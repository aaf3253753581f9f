// @vitest-environment happy-dom
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleTokens } from "../testing/sample-data";
import { sampleOperations } from "../testing/sample-operations";
import { readBlocks } from "./runbooks";

const asAdmin = { "auth.refresh": () => sampleTokens({ role: "ADMIN" }) };
const longAgo = new Date(Date.now() - 3_600_000).toISOString();
const deadJob = {
  ...{ id: sampleId(1), name: "resume.scan", createdAt: longAgo, failedAt: longAgo, tries: 4 },
};

test("a calm office: every part with its state in words, queues, and which version runs", async () => {
  startFakeServer(asAdmin);
  openApp("/app/operations");
  await screen.findByText("Everything works");
  const parts = within(screen.getByRole("region", { name: "Parts" })).getAllByRole("listitem");
  expect(parts.map((part) => part.textContent)).toContainEqual(
    expect.stringMatching(/^Database PostgreSQL 18\.4, 50 MB, answers in 1\.2 ms/),
  );
  expect(screen.getAllByRole("img", { name: "Working" })).toHaveLength(7);
  expect(screen.getAllByRole("img", { name: "Not in use" })).toHaveLength(2);
  const queues = within(screen.getByRole("table", { name: "Queues" }));
  expect(queues.getAllByRole("row")[1]?.textContent).toMatch(/^mail\.deliver.*210$/);
  screen.getByText("1 other has nothing to do.");
  expect(screen.queryByRole("region", { name: "Failed jobs" })).toBeNull();
  expect(screen.queryByRole("link", { name: /What to do/ })).toBeNull();
});

test("what needs a look is counted and leads to the page that says what to do", async () => {
  const backup = { lastAt: longAgo, kind: "FULL" as const, restoreTestAt: null, archive: null };
  startFakeServer({ ...asAdmin, "operations.get": () => sampleOperations({ backup, database: null }) });
  const { user } = openApp("/app/operations");
  expect((await screen.findByText("2 things need a look")).getAttribute("role")).toBe("status");
  screen.getByRole("img", { name: "Broken" });
  await user.click(screen.getByRole("link", { name: "What to do about: Restore" }));
  await screen.findByRole("heading", { level: 1, name: "Nobody has tried to restore" });
  await waitFor(() => expect(document.title).toBe("Nobody has tried to restore · Intake"));
  expect(screen.getByText("npm run drill:restore").tagName).toBe("CODE");
  await user.click(within(screen.getByRole("article")).getByRole("link", { name: "Operations" }));
  await screen.findByText("2 things need a look");
});

test("a failed job is tried again at once, and given up only after a question", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "operations.get": () => sampleOperations({ deadJobs: [deadJob] }),
  });
  const { user } = openApp("/app/operations");
  await user.click(await screen.findByRole("button", { name: "Try resume.scan again" }));
  await screen.findAllByText("It is tried again.");
  expect(server.asked("operations.retryJob")).toEqual([{ jobId: deadJob.id }]);
  await user.click(screen.getByRole("button", { name: "Give up resume.scan" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(server.asked("operations.discardJob")).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Give up" }));
  await screen.findAllByText("The job is given up.");
  expect(server.asked("operations.discardJob")).toEqual([{ jobId: deadJob.id }]);
  await waitFor(() => expect(server.asked("operations.get").length).toBeGreaterThan(2));
});

test("when nothing can be found out, that is said, with the way to try again", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "operations.get": () => {
      throw new Refusal("INTERNAL_SERVER_ERROR", "Something went wrong on our side.");
    },
  });
  const { user } = openApp("/app/operations");
  await screen.findByRole("heading", { name: "How Intake runs could not be found out" });
  server.answers["operations.get"] = () => sampleOperations();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText("Everything works");
});

test("who is no admin sees neither the pages nor their link", async () => {
  startFakeServer({ "auth.refresh": () => sampleTokens({ role: "ATTORNEY" }) });
  const { router } = openApp("/app/operations");
  await screen.findByText("Only admins see how Intake runs.");
  expect(screen.queryByRole("link", { name: "Operations" })).toBeNull();
  await router.navigate({ to: "/operations/runbooks/$name", params: { name: "queue-old" } });
  await screen.findByText("Only admins see how Intake runs.");
});

test("a page nobody wrote says so", async () => {
  startFakeServer(asAdmin);
  openApp("/app/operations/runbooks/..%2Fsecret");
  await screen.findByRole("heading", { name: "There is no page of this name" });
});

test("every runbook holds only what this page can show", () => {
  const folder = join(import.meta.dirname, "../../../../docs/runbooks");
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), "utf8");
    expect(text, name).not.toMatch(/\*\*|^```|\]\(|^#{3}|<\w+>/m);
    expect(
      readBlocks(text).map(({ kind }) => kind),
      name,
    ).toEqual([...["title", "text", "heading", "text", "heading", "list", "heading", "list"]]);
    expect((text.match(/`/g) ?? []).length % 2, name).toBe(0);
  }
});
