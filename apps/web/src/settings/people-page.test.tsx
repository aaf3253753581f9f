// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleTokens } from "../testing/sample-data";
import { sampleInvitation, samplePeople, samplePerson } from "../testing/sample-people";

const asAdmin = { "auth.refresh": () => sampleTokens({ role: "ADMIN" }) } as const;
const table = () => screen.findByRole("table", { name: "People" });

test("people and invitations are listed, and the last admin cannot be changed", async () => {
  startFakeServer(asAdmin);
  openApp("/app/settings/people");
  const rows = within(await table());
  expect(screen.getByText("2 people, 1 invitation open")).toBeTruthy();
  const own = rows.getByRole("combobox", { name: "Role of Ana Ruiz" }) as HTMLSelectElement;
  expect(own.disabled).toBe(true);
  expect(screen.getByText(/Ana Ruiz is the last admin\./)).toBeTruthy();
  expect(rows.getByText(/Invited by Thomas Rowe; the link works until 26 Nov 2026/)).toBeTruthy();
  const mayManage = screen.getByRole("rowheader", { name: "Invite people, change roles, deactivate" });
  expect(mayManage.parentElement?.textContent).toBe("Invite people, change roles, deactivate");
});

test("a role is changed at once and can be taken back", async () => {
  const server = startFakeServer(asAdmin);
  const { user } = openApp("/app/settings/people");
  const role = within(await table()).getByRole("combobox", { name: "Role of Jonas Meyer 1" });
  await user.selectOptions(role, "Admin");
  expect(await screen.findAllByText("Jonas Meyer 1 is now Admin.")).not.toEqual([]);
  await user.click(screen.getByRole("button", { name: /^Undo/ }));
  await waitFor(() =>
    expect(server.asked("people.changeRole")).toEqual([
      { userId: sampleId(101), role: "ADMIN" },
      { userId: sampleId(101), role: "ATTORNEY" },
    ]),
  );
});

test("who is away is so in the list", async () => {
  const people = [
    samplePerson(0, { isLastAdmin: true }),
    samplePerson(1, { awayUntil: "2026-11-30" }),
    samplePerson(2, { awayUntil: "open" }),
  ];
  startFakeServer({ ...asAdmin, "people.list": () => samplePeople({ people }) });
  openApp("/app/settings/people");
  const rows = within(await table());
  expect(rows.getAllByText(/^away/).map(({ textContent }) => textContent)).toEqual([
    "away until 30 Nov 2026",
    "away",
  ]);
});

test("an invitation is checked, sent, and refused at its field", async () => {
  const server = startFakeServer(asAdmin);
  const { user } = openApp("/app/settings/people");
  await user.click(await screen.findByRole("button", { name: "Invite" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Invite a person" }));
  const email = dialog.getByRole("textbox", { name: "Email" });
  await user.type(email, "zoe@");
  await user.click(dialog.getByRole("button", { name: "Send the invitation" }));
  expect(await dialog.findByText("Add the part after the @ sign, like name@gmail.com.")).toBeTruthy();
  expect(server.asked("people.invite")).toEqual([]);

  const message = "This person is here already.";
  server.answers["people.invite"] = () =>
    Promise.reject(new Refusal("CONFLICT", message, { errors: [{ path: "email", message }] }));
  await user.type(email, "example.com");
  await user.selectOptions(dialog.getByRole("combobox", { name: "Role" }), "Intake");
  await user.click(dialog.getByRole("button", { name: "Send the invitation" }));
  expect(await dialog.findByText(message)).toBeTruthy();

  server.answers["people.invite"] = () => ({ id: sampleId(301) });
  await user.click(dialog.getByRole("button", { name: "Send the invitation" }));
  expect(await screen.findAllByText("Invitation to zoe@example.com is on its way.")).not.toEqual([]);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(server.asked("people.invite").at(-1)).toEqual({ email: "zoe@example.com", role: "INTAKE" });
});

test("an invitation's role is changed in its place and can be taken back", async () => {
  const server = startFakeServer(asAdmin);
  const { user } = openApp("/app/settings/people");
  const role = within(await table()).getByRole("combobox", { name: "Role of zoltan@example.com" });
  await user.selectOptions(role, "Read only");
  expect(await screen.findAllByText("zoltan@example.com is now invited as Read only.")).not.toEqual([]);
  await user.click(screen.getByRole("button", { name: /^Undo/ }));
  await waitFor(() =>
    expect(server.asked("people.changeInvitationRole")).toEqual([
      { invitationId: sampleId(300), role: "READ_ONLY" },
      { invitationId: sampleId(300), role: "INTAKE" },
    ]),
  );
});

test("each person's kind of second factor is told", async () => {
  const people = [
    samplePerson(1, { hasAuthenticator: true, hasPasskey: true }),
    samplePerson(2, { hasAuthenticator: true, hasPasskey: false }),
    samplePerson(3, { hasAuthenticator: false, hasPasskey: true }),
    samplePerson(4, { hasAuthenticator: false, hasPasskey: false }),
  ];
  startFakeServer({ ...asAdmin, "people.list": () => samplePeople({ people, invitations: [] }) });
  openApp("/app/settings/people");
  const [, ...rows] = within(await table()).getAllByRole("row");
  const told = rows.map((row) => within(row).getAllByRole("cell")[1]?.textContent);
  expect(told).toEqual(["App and passkey", "Authenticator app", "Passkey", "Not set up"]);
});

test("an ended invitation says so and can be sent again or revoked", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "people.list": () => samplePeople({ invitations: [sampleInvitation({ isExpired: true })] }),
  });
  const { user } = openApp("/app/settings/people");
  const rows = within(await table());
  expect(rows.getByText("Link ended")).toBeTruthy();
  await user.click(rows.getByRole("button", { name: "More for zoltan@example.com" }));
  await user.click(await screen.findByRole("menuitem", { name: "Send again" }));
  await waitFor(() => expect(server.asked("people.resendInvitation")).toHaveLength(1));
  await user.click(rows.getByRole("button", { name: "More for zoltan@example.com" }));
  await user.click(await screen.findByRole("menuitem", { name: "Revoke" }));
  await waitFor(() =>
    expect(server.asked("people.revokeInvitation")).toEqual([{ invitationId: sampleId(300) }]),
  );
});

test("deactivating asks first; a deactivated person can be let in again", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "people.list": () => samplePeople({ people: [samplePerson(1), samplePerson(2, { isActive: false })] }),
  });
  const { user } = openApp("/app/settings/people");
  const rows = within(await table());
  await user.click(rows.getByRole("button", { name: "More for Jonas Meyer 1" }));
  await user.click(await screen.findByRole("menuitem", { name: "Deactivate" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Deactivate Jonas Meyer 1?" }));
  expect(server.asked("people.deactivate")).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Deactivate" }));
  await waitFor(() => expect(server.asked("people.deactivate")).toEqual([{ userId: sampleId(101) }]));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

  await user.click(rows.getByRole("button", { name: "More for Jonas Meyer 2" }));
  await user.click(await screen.findByRole("menuitem", { name: "Reactivate" }));
  await waitFor(() => expect(server.asked("people.reactivate")).toEqual([{ userId: sampleId(102) }]));
});

test("a person is signed out everywhere at once; everybody only after a question", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "people.endSessions": () => ({ ended: 2 }),
    "people.endAllSessions": () => ({ ended: 9 }),
  });
  const { user } = openApp("/app/settings/people");
  const rows = within(await table());
  await user.click(rows.getByRole("button", { name: "More for Jonas Meyer 1" }));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out everywhere" }));
  expect(await screen.findAllByText("Jonas Meyer 1 is signed out: 2 sessions ended.")).not.toEqual([]);
  expect(server.asked("people.endSessions")).toEqual([{ userId: sampleId(101) }]);
  await user.click(screen.getByRole("button", { name: "Sign everybody out" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Sign everybody out?" }));
  await user.click(dialog.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(server.asked("people.endAllSessions")).toEqual([]);
});

test("the office's choices are saved one by one", async () => {
  const server = startFakeServer(asAdmin);
  const { user } = openApp("/app/settings/people");
  await user.click(await screen.findByRole("checkbox", { name: "Admin" }));
  await waitFor(() => expect(server.asked("settings.update")).toEqual([{ secondFactorRoles: ["ADMIN"] }]));
});

test("a notify-only address is added and removed", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "people.list": () =>
      samplePeople({
        notifyAddresses: [{ id: sampleId(400), email: "desk@example.com" }],
        leadMailIsFixed: true,
      }),
  });
  const { user } = openApp("/app/settings/people");
  expect(await screen.findByText(/LEAD_NOTIFY/)).toBeTruthy();
  await user.type(screen.getByRole("textbox", { name: "Email" }), "watch@example.com{Enter}");
  await waitFor(() =>
    expect(server.asked("people.addNotifyAddress")).toEqual([{ email: "watch@example.com" }]),
  );
  await user.click(screen.getByRole("button", { name: "Stop mails to desk@example.com" }));
  await waitFor(() => expect(server.asked("people.removeNotifyAddress")).toEqual([{ id: sampleId(400) }]));
});

test("who may not manage people is told so and asks nothing", async () => {
  const server = startFakeServer();
  openApp("/app/settings/people");
  expect(await screen.findByText("Only admins manage people.")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "People and roles" })).toBeNull();
  expect(server.asked("people.list")).toEqual([]);
});

test("a list that cannot be loaded can be asked for again", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "people.list": () => Promise.reject(new Refusal("INTERNAL_SERVER_ERROR", "Something went wrong.")),
  });
  const { user } = openApp("/app/settings/people");
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  server.answers["people.list"] = () => samplePeople();
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await table()).toBeTruthy();
});
