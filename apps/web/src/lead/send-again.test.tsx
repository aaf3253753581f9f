// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleEvent, sampleId, sampleTokens } from "../testing/sample-data";

const address = `/app/leads/${sampleId(1)}`;
const to = "zoe1@example.com";

function failed(type: "mail.failed" | "mail.suppressed") {
  const again = { mailId: sampleId(400), addressRefuses: type === "mail.suppressed" };
  const mail = { kind: "LEAD_RECEIPT", to, reason: "refused", again } as const;
  return sampleEvent(1, { type, actor: { type: "system" }, mail });
}

test("a mail that failed goes out again by one press, and the history says so", async () => {
  const server = startFakeServer({ "leads.events": () => [failed("mail.failed")] });
  const { user } = openApp(address);
  const button = await screen.findByRole("button", { name: `Send again to ${to}` });
  server.answers["leads.sendMailAgain"] = () => {
    server.answers["leads.events"] = () => [
      sampleEvent(2, { type: "mail.resent", mail: { kind: "LEAD_RECEIPT", to } }),
      sampleEvent(1, { type: "mail.failed", actor: { type: "system" }, mail: { kind: "LEAD_RECEIPT", to } }),
    ];
    return null;
  };
  await user.click(button);
  await user.click(button);
  expect((await screen.findAllByText(`On its way again to ${to}.`)).length).toBeGreaterThan(0);
  await waitFor(() => expect(screen.queryByRole("button", { name: /^Send again/ })).toBeNull());
  expect(await screen.findByText(new RegExp(`sent the receipt again \\(${to}\\)`))).toBeTruthy();
  expect(server.asked("leads.sendMailAgain")).toEqual([
    { leadId: sampleId(1), mailId: sampleId(400), knowsAddressRefuses: false },
  ]);
});

test("to an address that takes no mail only after reading that", async () => {
  const server = startFakeServer({ "leads.events": () => [failed("mail.suppressed")] });
  const { user } = openApp(address);
  await user.click(await screen.findByRole("button", { name: `Send again to ${to}` }));
  const dialog = await screen.findByRole("dialog", { name: `Send again to ${to}?` });
  expect(dialog.textContent).toContain("This address took no mail before");
  expect(server.asked("leads.sendMailAgain")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
  await user.click(await screen.findByRole("button", { name: `Send again to ${to}` }));
  await user.click(await screen.findByRole("button", { name: "Send anyway" }));
  await waitFor(() => expect(server.asked("leads.sendMailAgain")).toHaveLength(1));
  expect(server.asked("leads.sendMailAgain")[0]).toMatchObject({ knowsAddressRefuses: true });
});

test("who may only read is not offered it", async () => {
  startFakeServer({
    "auth.refresh": () => sampleTokens({ role: "READ_ONLY" }),
    "leads.events": () => [failed("mail.failed")],
  });
  openApp(address);
  expect(await screen.findByText(/Receipt could not be sent/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^Send again/ })).toBeNull();
});
