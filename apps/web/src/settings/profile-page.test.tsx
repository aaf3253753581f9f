// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleTokens } from "../testing/sample-data";
import { sampleProfile } from "../testing/sample-people";

test("a new name is saved and shown all over the screen", async () => {
  let name = "Ana Ruiz";
  const server = startFakeServer({
    "auth.refresh": () => sampleTokens({ name }),
    "account.updateProfile": (input) => {
      name = input.name ?? name;
      return sampleProfile(input);
    },
  });
  const { user } = openApp("/app/settings");
  const field = await screen.findByRole("textbox", { name: "Name" });
  await user.clear(field);
  await user.click(screen.getByRole("button", { name: "Save profile" }));
  expect(await screen.findByText("Enter a name.")).toBeTruthy();
  await user.type(field, "Ana Sørensen");
  await user.selectOptions(screen.getByRole("combobox", { name: "Time zone" }), "Europe/Berlin");
  await user.click(screen.getByRole("button", { name: "Save profile" }));
  expect(await screen.findAllByText("Profile saved.")).not.toEqual([]);
  expect(server.asked("account.updateProfile")).toEqual([
    { name: "Ana Sørensen", timeZone: "Europe/Berlin" },
  ]);
  expect(await screen.findByRole("button", { name: /Ana Sørensen/ })).toBeTruthy();
});

test("colours follow the profile, and a choice goes to it", async () => {
  const server = startFakeServer({ "account.profile": () => sampleProfile({ appearance: "DARK" }) });
  const { user } = openApp("/app/settings/profile");
  const colours = within(await screen.findByRole("region", { name: "Colours" }));
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe("dark"));
  await user.click(colours.getByRole("radio", { name: "Light" }));
  expect(document.documentElement.dataset.theme).toBe("light");
  await waitFor(() => expect(server.asked("account.updateProfile")).toEqual([{ appearance: "LIGHT" }]));
  await user.click(screen.getByRole("checkbox", { name: "Mail me about every new lead" }));
  await waitFor(() => expect(server.asked("account.updateProfile").at(-1)).toEqual({ wantsLeadMail: false }));
});

test("each mail is a tick of its own, and whoever may be in charge says whether leads come by themselves", async () => {
  const server = startFakeServer({ "account.updateProfile": (input) => sampleProfile(input) });
  const { user } = openApp("/app/settings/profile");
  await user.click(await screen.findByRole("checkbox", { name: /a lead becomes mine/ }));
  await user.click(await screen.findByRole("checkbox", { name: /each working morning/ }));
  await user.click(await screen.findByRole("checkbox", { name: /New leads may become mine/ }));
  expect(server.asked("account.updateProfile")).toEqual([
    { wantsOwnMail: false },
    { wantsDailyDigest: true },
    { takesLeads: false },
  ]);
});

test("an absence is saved with its days, checked, and ended by one press", async () => {
  const server = startFakeServer({ "account.updateProfile": (input) => sampleProfile(input) });
  const { user } = openApp("/app/settings/profile");
  const set = async (label: string, day: string) =>
    fireEvent.change(await screen.findByLabelText(label), { target: { value: day } });
  await set("Away from", "2026-12-04");
  await set("Last day away", "2026-12-03");
  await user.click(screen.getByRole("button", { name: "Save dates" }));
  expect(await screen.findByText("The last day cannot be before the first.")).toBeTruthy();
  await set("Last day away", "2026-12-11");
  await user.click(screen.getByRole("button", { name: "Save dates" }));
  await user.click(await screen.findByRole("button", { name: "I am here" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "I am here" })).toBeNull());
  expect((await screen.findByLabelText<HTMLInputElement>("Away from")).value).toBe("");
  expect(server.asked("account.updateProfile")).toEqual([
    { away: { from: "2026-12-04", until: "2026-12-11" } },
    { away: { from: null, until: null } },
  ]);
});

test("who may only read has no say about taking leads", async () => {
  startFakeServer({ "account.profile": () => sampleProfile({ role: "READ_ONLY" }) });
  openApp("/app/settings/profile");
  await screen.findByLabelText("Away from");
  expect(screen.queryByRole("checkbox", { name: /New leads may become mine/ })).toBeNull();
});

test("changing the password asks for the current one and shows how good the new one is", async () => {
  const server = startFakeServer({
    "account.changePassword": () =>
      Promise.reject(
        new Refusal("UNPROCESSABLE_CONTENT", "Wrong.", {
          errors: [{ path: "currentPassword", message: "This is not your current password." }],
        }),
      ),
  });
  const { user } = openApp("/app/settings/profile");
  await user.click(await screen.findByRole("button", { name: "Change password" }));
  await user.type(screen.getByLabelText("Current password"), "an old one");
  const next = screen.getByLabelText("New password");
  await user.type(next, "calder");
  expect(await screen.findByText("6 more characters.")).toBeTruthy();
  await user.type(next, " herons");
  expect(await screen.findByText(/Leave out “calder”/)).toBeTruthy();
  await user.clear(next);
  await user.type(next, "three wise old herons");
  expect(await screen.findByText("This password can be used.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Change password" }));
  expect(await screen.findByText("This is not your current password.")).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Current password")));

  server.answers["account.changePassword"] = () => null;
  await user.click(screen.getByRole("button", { name: "Change password" }));
  expect(await screen.findAllByText("Password changed. Your other sessions have ended.")).not.toEqual([]);
  expect(screen.queryByLabelText("New password")).toBeNull();
});
