// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/dom";
import { beforeEach, expect, test, vi } from "vitest";
import { startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleLead } from "../testing/sample-data";
import { sampleVersion, sampleView } from "../testing/sample-files";

const address = `/app/leads/${sampleId(1)}`;
const newest = sampleVersion(1, {
  ...{ id: sampleId(950), fileName: "better.pdf", addedBy: "Jonas Meyer" },
  createdAt: "2026-11-22T10:00:00.000Z",
});
const first = sampleVersion(1, { isNewest: false });

/** Sends what a test answers, step by step. */
class FakeRequest extends EventTarget {
  static sent: FakeRequest[] = [];
  upload = new EventTarget();
  status = 0;
  responseText = "";
  headers: Record<string, string> = {};
  address = "";
  body: FormData | undefined;
  open = (_method: string, address: string) => {
    this.address = address;
  };
  setRequestHeader = (name: string, value: string) => {
    this.headers[name] = value;
  };
  send = (body: FormData) => {
    this.body = body;
    FakeRequest.sent.push(this);
  };
  getResponseHeader = () => null;
  abort = () => {
    this.dispatchEvent(new Event("abort"));
    this.dispatchEvent(new Event("loadend"));
  };
  progress(loaded: number, total: number): void {
    this.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded, total }));
  }
  answer(status: number, body: unknown): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.dispatchEvent(new Event("load"));
    this.dispatchEvent(new Event("loadend"));
  }
}

beforeEach(() => {
  FakeRequest.sent = [];
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
});

const files = () => screen.findByRole("region", { name: "Files" });
const chooser = () => screen.getByLabelText("The better copy");
const copy = () => new File(["%PDF"], "copy.pdf", { type: "application/pdf" });
/** The request that is under way. */
async function underWay(): Promise<FakeRequest> {
  await waitFor(() => expect(FakeRequest.sent.length).toBeGreaterThan(0));
  const request = FakeRequest.sent.at(-1);
  if (!request) throw new Error("unreachable: the expectation above holds");
  return request;
}

test("all versions are listed, an older one can be read, and the way back is offered", async () => {
  const server = startFakeServer({
    "leads.byId": () => sampleLead(1, { resume: newest }),
    "resumes.versions": () => [newest, first],
  });
  const { user } = openApp(address);
  const rows = await within(await files()).findAllByRole("button", { name: /sent by|added by/ });
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^better\.pdfNewestPDF, 48 KB, added by Jonas Meyer 22 Nov/),
    expect.stringMatching(/^cv-1\.pdfPDF, 48 KB, sent by the prospect 20 Nov/),
  ]);
  expect(rows.map((row) => row.getAttribute("aria-current"))).toEqual(["true", null]);
  await user.click(rows[1] ?? document.body);
  const viewer = screen.getByRole("region", { name: "Resume" });
  expect(await within(viewer).findByText(/^You are reading an older version, added/)).toBeTruthy();
  expect(within(viewer).getByRole("heading", { name: "cv-1.pdf" })).toBeTruthy();
  await waitFor(() =>
    expect(server.asked("resumes.openView").at(-1)).toMatchObject({ resumeId: sampleId(901) }),
  );
  await user.click(within(viewer).getByRole("button", { name: "See the newest" }));
  expect(await screen.findByRole("heading", { name: "better.pdf" })).toBeTruthy();
});

test("the same file as before says when it came", async () => {
  const again = sampleVersion(1, { ...newest, sameAs: { createdAt: first.createdAt } });
  startFakeServer({ "resumes.versions": () => [again, first] });
  openApp(address);
  const note = await within(await files()).findByText(/^The same file as on/);
  expect(note.textContent).toMatch(/on 20 Nov/);
});

test("a better copy is sent with its progress and becomes the newest", async () => {
  const server = startFakeServer();
  const { user } = openApp(address);
  await files();
  await user.upload(chooser(), copy());
  const request = await underWay();
  expect(request.address).toBe(`/api/leads/${sampleId(1)}/resumes`);
  expect(request.headers.Authorization).toBe("Bearer access-1");
  expect(request.body?.get("resume")).toMatchObject({ name: "copy.pdf" });
  request.progress(50, 200);
  const bar = await screen.findByRole("progressbar", { name: "Sending the better copy" });
  await waitFor(() => expect(bar).toHaveProperty("value", 25));
  server.answers["resumes.versions"] = () => [newest, first];
  server.answers["resumes.openView"] = () => sampleView({ resumeId: newest.id });
  request.answer(201, { version: newest, isNew: true });
  expect(await screen.findByText(/^Added\. “/)).toBeTruthy();
  expect(await screen.findByRole("heading", { name: "better.pdf" })).toBeTruthy();
});

test("the same file is not added again", async () => {
  startFakeServer();
  const { user } = openApp(address);
  await files();
  await user.upload(chooser(), copy());
  (await underWay()).answer(200, { version: sampleVersion(1), isNew: false });
  const outcome = await screen.findByText(/^This is the same file as on/);
  expect(outcome.textContent).toMatch(/on 20 Nov.*\. Nothing was added\.$/);
});

test("a refused file says what is wrong with it", async () => {
  startFakeServer();
  const { user } = openApp(address);
  await files();
  await user.upload(chooser(), copy());
  (await underWay()).answer(422, {
    code: "UNPROCESSABLE_CONTENT",
    detail: "Some fields need another look.",
    errors: [{ path: "resume", message: "“copy.pdf” is empty (0 bytes)." }],
  });
  expect((await screen.findByRole("alert")).textContent).toBe("“copy.pdf” is empty (0 bytes).");
  expect(screen.getByRole("button", { name: "Add a better copy" })).toBeTruthy();
});

test("a proxy's page instead of an answer is a lost connection, and Cancel is no error", async () => {
  startFakeServer();
  const { user } = openApp(address);
  await files();
  await user.upload(chooser(), copy());
  (await underWay()).answer(502, "<html>");
  expect((await screen.findByRole("alert")).textContent).toMatch(/did not answer/);
  await user.upload(chooser(), copy());
  await waitFor(() => expect(FakeRequest.sent).toHaveLength(2));
  await user.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(await screen.findByRole("button", { name: "Add a better copy" })).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});
