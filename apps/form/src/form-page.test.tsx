// @vitest-environment happy-dom
import { configure, screen, waitFor, within } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import { FormPage } from "./form-page";

configure({ asyncUtilTimeout: 8000 });

let close: (() => void) | undefined;
afterEach(() => {
  close?.();
  sessionStorage.clear();
  document.body.replaceChildren();
});

/** The form as the browser brings it to life; `answer` stands for the server. */
function openForm(answer: () => Response | Promise<Response> = () => new Response("", { status: 500 })) {
  const sent: (string | null)[] = [];
  // Without progress events the form sends by fetch.
  vi.stubGlobal("XMLHttpRequest", undefined);
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    // What the page counts of its own failures is not a submission.
    if (address === "/api/upload-failures") return new Response(null, { status: 204 });
    sent.push(new Headers(init.headers).get("idempotency-key"));
    return answer();
  });
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  root.render(
    <FormPage
      officeName="Calder & Rowe"
      phone="+44 20 7946 0000"
      resumeLimits={{ maxBytes: 1024, formats: ["PDF", "DOC", "DOCX"] }}
      idempotencyKey="key-1"
    />,
  );
  close = () => root.unmount();
  return { user: userEvent.setup({ applyAccept: false }), sent };
}

type User = ReturnType<typeof openForm>["user"];

async function choose(user: User, file: File): Promise<void> {
  await screen.findByRole("button", { name: "Send" });
  const input = document.querySelector<HTMLInputElement>("#resume-file");
  if (!input) throw new Error("There is no field for the file.");
  await user.upload(input, file);
}

async function fillIn(user: User): Promise<void> {
  await choose(user, new File(["%PDF-1.7"], "cv.pdf", { type: "application/pdf" }));
  await user.type(screen.getByLabelText("First name"), "Zoë");
  await user.type(screen.getByLabelText("Last name"), "Lindqvist");
  await user.type(screen.getByLabelText("Email"), "zoe@example.com");
  await waitFor(() => expect(screen.getByRole("group", { name: "Resume" }).textContent).toContain("cv.pdf"));
}

test("an empty form is not sent; the summary takes the focus and leads to each field", async () => {
  const { user, sent } = openForm();
  await user.click(await screen.findByRole("button", { name: "Send" }));
  const summary = await screen.findByRole("region", { name: /^(4|Four) things to fix/ });
  await waitFor(() => expect(document.activeElement).toBe(summary));
  expect(document.title).toMatch(/^Error: /);
  await user.click(within(summary).getByRole("link", { name: "Enter your last name." }));
  expect(document.activeElement).toBe(screen.getByLabelText("Last name"));
  expect(sent).toEqual([]);
});

test("a mended field loses its error when it is left", async () => {
  const { user } = openForm();
  await user.click(await screen.findByRole("button", { name: "Send" }));
  const name = screen.getByLabelText("First name");
  await waitFor(() => expect(name.getAttribute("aria-invalid")).toBe("true"));
  await user.type(name, "Zoë");
  await user.tab();
  await waitFor(() => expect(name.getAttribute("aria-invalid")).toBeNull());
  expect(screen.getByLabelText("Last name").getAttribute("aria-invalid")).toBe("true");
});

test("a refused replacement leaves the file attached; removing takes it away", async () => {
  const { user } = openForm();
  await choose(user, new File(["%PDF-1.7"], "cv.pdf"));
  const field = await screen.findByRole("group", { name: "Resume" });
  await waitFor(() => expect(field.textContent).toContain("PDF · 8 bytes"));
  await choose(user, new File(["x".repeat(1025)], "big.pdf"));
  await waitFor(() => expect(field.textContent).toContain("“cv.pdf” stays attached."));
  await choose(user, new File(["x"], "photo.png"));
  await waitFor(() => expect(field.textContent).toContain("“photo.png” is not a PDF, DOC or DOCX file."));
  await user.click(within(field).getByRole("button", { name: /^Remove/ }));
  await waitFor(() => expect(field.textContent).not.toContain("cv.pdf"));
});

test("a mistyped address is noticed and mended with one press", async () => {
  const { user } = openForm();
  const email = await screen.findByLabelText("Email");
  await user.type(email, "zoe@gmial.com");
  await user.click(await screen.findByRole("button", { name: /zoe@gmail\.com/ }));
  expect(email).toHaveProperty("value", "zoe@gmail.com");
});

test("what is wrong on the server's side stands on the page, nothing is lost, and the next try has the same key", async () => {
  const answers = [
    () => Response.json({ detail: "The office is closed.", requestId: "req-8" }, { status: 403 }),
    () => Promise.reject(new TypeError("no route")),
  ];
  const { user, sent } = openForm(() => answers.shift()?.() ?? new Response("", { status: 500 }));
  await fillIn(user);
  await user.click(screen.getByRole("button", { name: "Send" }));
  const notice = await screen.findByRole("region", { name: "Not sent yet" });
  expect(notice.textContent).toMatch(/Everything you typed is still here\..*req-8/);
  expect(within(notice).getByRole("link", { name: "+44 20 7946 0000" })).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(notice));
  expect(screen.getByLabelText("Email")).toHaveProperty("value", "zoe@example.com");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  // Lost on the way: tried again by itself, until the person types on.
  expect(await screen.findByRole("timer")).toBeTruthy();
  await user.type(screen.getByLabelText("First name"), "!");
  expect(await screen.findByText(/^You changed something, so we stopped trying by ourselves\./)).toBeTruthy();
  expect(sent).toHaveLength(2);
  expect(new Set(sent).size).toBe(1);
});

test("a field that the server refuses is marked and summed up", async () => {
  const { user } = openForm(() =>
    Response.json(
      {
        code: "VALIDATION",
        detail: "Check the form.",
        errors: [{ path: "email", message: "This domain takes no mail." }],
      },
      { status: 422 },
    ),
  );
  await fillIn(user);
  await user.click(screen.getByRole("button", { name: "Send" }));
  expect(await screen.findByRole("region", { name: "One thing to fix, then send again" })).toBeTruthy();
  expect(screen.getByLabelText("Email").getAttribute("aria-invalid")).toBe("true");
});
