// @vitest-environment happy-dom
import { explainDenial } from "@intake/core/auth/policy";
import type { ResumeView } from "@intake/core/resume-files/schema";
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test, vi } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleLead, sampleTokens } from "../testing/sample-data";
import { samplePicture, sampleVersion, sampleView } from "../testing/sample-files";

const address = `/app/leads/${sampleId(1)}`;
const viewer = () => screen.findByRole("region", { name: "Resume" });
const unviewable = (reason: "checking" | "infected" | "password", sentence: string): ResumeView =>
  sampleView({
    view: { kind: "none", reason, sentence },
    original: { state: "locked", sentence },
  });

/** What the browser would be sent to. */
function followedLinks(): string[] {
  const followed: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    followed.push(this.getAttribute("href") ?? "");
  });
  return followed;
}

test("a PDF shows its first page with its words; pages far away are not asked for", async () => {
  const server = startFakeServer();
  openApp(address);
  const picture = await screen.findByRole("img", { name: "Page 1 of 3" });
  expect(picture.getAttribute("src")).toBe("data:image/webp;base64,UklGRg==");
  expect(within(await viewer()).getByText("Page 1 speaks of visas")).toBeTruthy();
  expect(within(await viewer()).getByText("Page 1 of 3")).toBeTruthy();
  expect(server.asked("resumes.openView")).toEqual([{ leadId: sampleId(1), resumeId: sampleId(901) }]);
  expect(server.asked("resumes.page").map((input) => Object(input).page)).toEqual([1]);
});

test("zoom goes by steps and back to the width, by buttons and keys", async () => {
  startFakeServer();
  const { user } = openApp(address);
  await screen.findByRole("img", { name: "Page 1 of 3" });
  const percent = () => screen.getByRole("button", { name: /percent/ }).textContent;
  expect(percent()).toBe("100 %");
  await user.click(screen.getByRole("button", { name: "Zoom in" }));
  expect(percent()).toBe("110 %");
  await user.keyboard("--");
  expect(percent()).toBe("90 %");
  await user.keyboard("0");
  expect(percent()).toBe("100 %");
});

test("F finds words on pages that are not shown yet; Enter goes on and around", async () => {
  startFakeServer({
    "resumes.page": ({ page }) => samplePicture(page === 2 ? "nothing here" : `Vísa on page ${page}, visa`),
  });
  const { user } = openApp(address);
  await screen.findByRole("img", { name: "Page 1 of 3" });
  await user.keyboard("f");
  const field = await screen.findByRole("searchbox", { name: "Find in the resume" });
  expect(document.activeElement).toBe(field);
  await user.keyboard("visa");
  await screen.findByText("1 of 4");
  expect([...document.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["Vísa", "visa"]);
  await user.keyboard("{Enter}{Enter}");
  await screen.findByText("3 of 4");
  await user.keyboard("{Shift>}{Enter}{Enter}{Enter}{/Shift}");
  await screen.findByText("4 of 4");
  await user.clear(field);
  await user.keyboard("helicopter");
  await screen.findByText("Not found");
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("searchbox", { name: "Find in the resume" })).toBeNull();
  expect(document.querySelector("mark")).toBeNull();
  expect(location.pathname).toBe(address);
});

test("what the list was searched for is marked from the start, and the keyboard stays with the lead", async () => {
  startFakeServer();
  const { user } = openApp(`${address}?q=visas`);
  expect(await screen.findByText("1 of 3")).toBeTruthy();
  expect(document.querySelector("mark")?.textContent).toBe("visas");
  await user.keyboard("c");
  await screen.findAllByText("Address copied.");
  expect(screen.getByRole("searchbox", { name: "Find in the resume" })).toHaveProperty("value", "visas");
});

test("what the list found elsewhere is not looked for here", async () => {
  const server = startFakeServer();
  openApp(`${address}?q=lindqvist`);
  await waitFor(() => expect(server.asked("resumes.page").length).toBeGreaterThan(3));
  await waitFor(() => expect(screen.queryByRole("searchbox", { name: "Find in the resume" })).toBeNull());
});

test("small pictures of the pages lead to them", async () => {
  startFakeServer();
  const { user } = openApp(address);
  await screen.findByRole("img", { name: "Page 1 of 3" });
  await user.keyboard("t");
  const rail = await screen.findByRole("navigation", { name: "Pages" });
  const pages = within(rail).getAllByRole("button");
  expect(pages.map((page) => page.getAttribute("aria-label"))).toEqual(["Page 1", "Page 2", "Page 3"]);
  expect(pages.map((page) => page.getAttribute("aria-current"))).toEqual(["page", null, null]);
  await user.keyboard("t");
  expect(screen.queryByRole("navigation", { name: "Pages" })).toBeNull();
});

test("a Word file lies in a frame that runs nothing and loads nothing", async () => {
  startFakeServer({
    "resumes.openView": () => sampleView({ view: { kind: "html", html: "<p>Asylum work</p>" } }),
  });
  openApp(address);
  const frame = await screen.findByTitle("The resume cv-1.pdf");
  expect(frame.getAttribute("sandbox")).toBe("allow-same-origin");
  const source = frame.getAttribute("srcdoc") ?? "";
  expect(source).toContain("default-src 'none'; img-src data:; style-src 'self'; form-action 'none'");
  expect(source.indexOf("Content-Security-Policy")).toBeLessThan(source.indexOf("<p>Asylum work</p>"));
});

test("while a file is checked it is asked for again, until there is a verdict", async () => {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"],
    shouldAdvanceTime: true,
  });
  let isDone = false;
  const server = startFakeServer({
    "leads.byId": () => sampleLead(1, { resume: { ...sampleLead(1).resume, scanState: "PENDING" } }),
    "resumes.versions": () => [sampleVersion(1, { scanState: "PENDING" })],
    "resumes.openView": () => (isDone ? sampleView() : unviewable("checking", "Not checked yet.")),
  });
  openApp(address);
  await screen.findByRole("heading", { name: "This file is being checked" });
  expect(screen.queryByRole("link", { name: "Ask for another copy" })).toBeNull();
  isDone = true;
  await vi.advanceTimersByTimeAsync(3_100);
  await screen.findByRole("img", { name: "Page 1 of 3" });
  expect(server.asked("resumes.openView")).toHaveLength(2);
  vi.useRealTimers();
});

test.each([
  ["infected", "This file is locked", "This file contains malware: Eicar-Test-Signature. It stays locked."],
  ["password", "This file needs a password", "This file needs a password to open."],
] as const)(
  "a file that is %s says why, and offers to ask for another copy",
  async (reason, title, sentence) => {
    startFakeServer({ "resumes.openView": () => unviewable(reason, sentence) });
    openApp(address);
    expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
    const place = await viewer();
    expect(within(place).getByText(sentence, { selector: "[role=status]" })).toBeTruthy();
    expect(within(place).getByRole("link", { name: "Ask for another copy" }).getAttribute("href")).toMatch(
      /^mailto:zoe1@example\.com/,
    );
    const download = within(place).getByRole("button", { name: /^Download/ });
    expect(download).toHaveProperty("disabled", true);
    expect(document.getElementById(download.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
      sentence,
    );
    expect(within(place).queryByRole("button", { name: "Zoom in" })).toBeNull();
  },
);

test("a safe view of a locked original, and a scan without text, are said above the page", async () => {
  startFakeServer({
    "resumes.openView": () =>
      sampleView({
        hasText: false,
        original: { state: "locked", sentence: "The original stays locked; this view is safe." },
      }),
  });
  openApp(address);
  await screen.findByRole("img", { name: "Page 1 of 3" });
  const place = await viewer();
  expect(within(place).getAllByText("The original stays locked; this view is safe.").length).toBeGreaterThan(
    0,
  );
  expect(within(place).getByText("This looks like a scan: it has no text to search or copy.")).toBeTruthy();
});

test("a refusal offers nothing to try", async () => {
  startFakeServer({
    "resumes.openView": () => {
      throw new Refusal("FORBIDDEN", "Not for you.");
    },
  });
  openApp(address);
  expect(await screen.findByText("Not for you.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});

test("a busy reader is asked again by itself, then by hand", async () => {
  const server = startFakeServer({
    "resumes.openView": () => {
      throw new Refusal("SERVICE_UNAVAILABLE", "Many files are being read. Try again in a moment.");
    },
  });
  const { user } = openApp(address);
  expect(await screen.findByRole("heading", { name: "Other files are being read right now" })).toBeTruthy();
  expect(server.asked("resumes.openView")).toHaveLength(3);
  server.answers["resumes.openView"] = () => sampleView();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("img", { name: "Page 1 of 3" })).toBeTruthy();
});

test("a view that fails can be asked for again", async () => {
  const server = startFakeServer({
    "resumes.openView": () => {
      throw new Refusal("INTERNAL_SERVER_ERROR", "Broken.", { requestId: "req-7" });
    },
  });
  const { user } = openApp(address);
  expect(await screen.findByText("Broken. Request req-7.")).toBeTruthy();
  server.answers["resumes.openView"] = () => sampleView();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("img", { name: "Page 1 of 3" })).toBeTruthy();
});

test("who may not read resumes sees why, and nothing is asked for", async () => {
  const followed = followedLinks();
  const server = startFakeServer({
    "auth.refresh": () => sampleTokens({ role: "READ_ONLY", seesResumes: false }),
  });
  const { user } = openApp(address);
  expect(await screen.findByText(explainDenial("resumes.read"))).toBeTruthy();
  expect(screen.getByText(explainDenial("resumes.add"))).toBeTruthy();
  await user.keyboard("dc");
  await screen.findAllByText("Address copied.");
  expect(server.asked("resumes.openView")).toEqual([]);
  expect(server.asked("resumes.createLink")).toEqual([]);
  expect(followed).toEqual([]);
});

test("the original is a link that the browser follows", async () => {
  const followed = followedLinks();
  const server = startFakeServer();
  const { user } = openApp(address);
  await screen.findByRole("img", { name: "Page 1 of 3" });
  await user.click(within(await viewer()).getByRole("button", { name: /^Download/ }));
  await waitFor(() => expect(followed).toEqual(["/api/resumes/link/token-1"]));
  expect(server.asked("resumes.createLink")).toMatchObject([
    { leadId: sampleId(1), resumeId: sampleId(901), confirmsUnchecked: false },
  ]);
});

test("a file nobody has checked is asked about once, and the answer goes along", async () => {
  const followed = followedLinks();
  const server = startFakeServer({
    "resumes.openView": () =>
      sampleView({ original: { state: "confirm", sentence: "Nobody has checked it." } }),
  });
  const { user } = openApp(address);
  await screen.findByRole("img", { name: "Page 1 of 3" });
  await user.keyboard("d");
  const question = await screen.findByRole("dialog", { name: "Nobody has checked this file" });
  await user.click(within(question).getByRole("button", { name: "Cancel" }));
  expect(server.asked("resumes.createLink")).toEqual([]);
  await user.keyboard("d");
  await user.click(await screen.findByRole("button", { name: "Download anyway" }));
  await waitFor(() => expect(followed).toHaveLength(1));
  await user.keyboard("d");
  await waitFor(() => expect(followed).toHaveLength(2));
  expect(server.asked("resumes.createLink")).toMatchObject([
    { confirmsUnchecked: true },
    { confirmsUnchecked: true },
  ]);
});

test("a refused download says why", async () => {
  startFakeServer({
    "resumes.createLink": () => {
      throw new Refusal("FORBIDDEN", "This file has just been found infected.");
    },
  });
  const { user } = openApp(address);
  await screen.findByRole("img", { name: "Page 1 of 3" });
  await user.keyboard("d");
  expect((await screen.findAllByText("This file has just been found infected.")).length).toBeGreaterThan(0);
});
