// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleTokens } from "../testing/sample-data";
import { sampleOffice } from "../testing/sample-office";

const asAdmin = { "auth.refresh": () => sampleTokens({ role: "ADMIN" }) } as const;
const { week, targetMinutes, mode } = sampleOffice();
const former = { week, targetMinutes, mode };

async function openOffice(changes: Parameters<typeof startFakeServer>[0] = {}) {
  const server = startFakeServer({ ...asAdmin, ...changes });
  const { user } = openApp("/app/settings/office");
  const day = async (name: string) => within(await screen.findByRole("group", { name }));
  await screen.findByRole("heading", { name: "Office hours" });
  return { server, user, day };
}

test("hours are typed as they come, a break is put between, and everything is kept at once", async () => {
  const { server, user, day } = await openOffice();
  const monday = await day("Monday");
  const until = monday.getByRole("textbox", { name: "Monday to" });
  await user.clear(until);
  await user.type(until, "12");
  await user.click(monday.getByRole("button", { name: "Add hours on Monday" }));
  const [, from] = monday.getAllByRole("textbox", { name: "Monday from" });
  expect(document.activeElement).toBe(from);
  await user.keyboard("1230{Tab}17.30{Tab}");
  expect((from as HTMLInputElement).value).toBe("12:30");
  await user.click(monday.getByRole("button", { name: "Copy to Tuesday–Friday" }));
  await user.click((await day("Friday")).getByRole("button", { name: "Remove Friday 12:30–17:30" }));
  await user.click((await day("Saturday")).getByRole("button", { name: "Add hours on Saturday" }));
  const hours = screen.getByRole("textbox", { name: "hours" });
  await user.clear(hours);
  await user.type(hours, "2");
  await user.click(screen.getByRole("radio", { name: /In turn/ }));
  expect(screen.getByText(/Now: Ana Ruiz and Jonas Meyer\./)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Save" }));
  const broken = [
    [540, 720],
    [750, 1050],
  ];
  await waitFor(() =>
    expect(server.asked("office.update")).toEqual([
      {
        week: [[], broken, broken, broken, broken, [[540, 720]], [[540, 1050]]],
        targetMinutes: 120,
        mode: "ROUND_ROBIN",
        former,
      },
    ]),
  );
  await screen.findAllByText(/^Saved\./);
  expect(screen.queryByRole("button", { name: "Discard changes" })).toBeNull();
});

test("what cannot be kept is said at its day and takes the keyboard; nothing is sent", async () => {
  const { server, user, day } = await openOffice();
  const tuesday = await day("Tuesday");
  const from = tuesday.getByRole("textbox", { name: "Tuesday from" });
  await user.clear(from);
  await user.type(from, "noon");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await tuesday.findByText("Write times as 09:00.");
  expect(document.activeElement).toBe(from);
  await user.clear(from);
  await user.type(from, "18");
  const minutes = screen.getByRole("textbox", { name: "minutes" });
  await user.clear(screen.getByRole("textbox", { name: "hours" }));
  await user.type(minutes, "x");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await tuesday.findByText("The end must come after the beginning, on the same day.");
  expect(screen.getByText("Write the target in whole minutes.")).toBeTruthy();
  expect(server.asked("office.update")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Discard changes" }));
  expect(tuesday.getByRole<HTMLInputElement>("textbox", { name: "Tuesday from" }).value).toBe("09:00");
  expect(screen.queryByText("Write the target in whole minutes.")).toBeNull();
});

test("two people at once: both values are shown, and either can stay", async () => {
  const theirs = sampleOffice({ targetMinutes: 60 });
  const { server, user } = await openOffice();
  server.answers["office.update"] = () => {
    server.answers["office.get"] = () => theirs;
    return Promise.reject(new Refusal("CONFLICT", "Somebody changed it.", { current: theirs }));
  };
  await user.click(screen.getByRole("radio", { name: /In turn/ }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  const notice = within(await screen.findByRole("alert"));
  const row = (name: string) =>
    notice.getByRole("rowheader", { name }).parentElement?.textContent?.slice(name.length);
  expect(row("Answer within")).toBe("1 h5 h");
  expect(row("New leads")).toBe("By handIn turn");
  server.answers["office.update"] = ({ former: _, ...rules }) => sampleOffice(rules);
  await user.click(notice.getByRole("button", { name: "Save yours instead" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(server.asked("office.update")).toEqual([
    { ...former, mode: "ROUND_ROBIN", former },
    { ...former, mode: "ROUND_ROBIN", former: { ...former, targetMinutes: 60 } },
  ]);
});

test("keeping what is saved leaves one's own behind", async () => {
  const theirs = sampleOffice({ targetMinutes: 60 });
  const { server, user } = await openOffice();
  server.answers["office.update"] = () => {
    server.answers["office.get"] = () => theirs;
    return Promise.reject(new Refusal("CONFLICT", "Somebody changed it."));
  };
  await user.click(screen.getByRole("radio", { name: /In turn/ }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await user.click(await screen.findByRole("button", { name: "Keep what is saved" }));
  expect(screen.getByRole<HTMLInputElement>("radio", { name: /By hand/ }).checked).toBe(true);
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "hours" }).value).toBe("1");
});

test("holidays are added, refused at their field, and a removal can be taken back", async () => {
  const { server, user } = await openOffice();
  const section = within(await screen.findByRole("region", { name: "Holidays" }));
  expect(section.getByText("Fri 25 Dec 2026")).toBeTruthy();
  await user.click(section.getByRole("button", { name: "Add holiday" }));
  expect(await section.findByText("Choose a day.")).toBeTruthy();
  fireEvent.change(section.getByLabelText("Day"), { target: { value: "2026-12-25" } });
  await user.type(section.getByLabelText("Name"), "Christmas");
  const message = "This day is a holiday already.";
  server.answers["office.addHoliday"] = () =>
    Promise.reject(new Refusal("CONFLICT", message, { errors: [{ path: "day", message }] }));
  await user.click(section.getByRole("button", { name: "Add holiday" }));
  expect(await section.findByText(message)).toBeTruthy();

  await user.click(section.getByRole("button", { name: "Remove Christmas Day, Fri 25 Dec 2026" }));
  await section.findByText("No day to come.");
  server.answers["office.addHoliday"] = (holiday) => sampleOffice({ holidays: [holiday] });
  await user.click(screen.getByRole("button", { name: /^Undo/ }));
  await section.findByText("Christmas Day");
  expect(server.asked("office.addHoliday").at(-1)).toEqual({ day: "2026-12-25", name: "Christmas Day" });
});

test("an office where nobody takes leads says so", async () => {
  await openOffice({ "office.get": () => sampleOffice({ mode: "LEAST_LOADED", takers: [] }) });
  expect(screen.getByText(/Nobody takes leads now\./)).toBeTruthy();
});

test("others see what holds, and whom to ask", async () => {
  startFakeServer({ "office.get": () => sampleOffice({ mode: "ROUND_ROBIN" }) });
  openApp("/app/settings/office");
  await screen.findByText("Only admins change the office's settings.");
  expect(screen.getByText(/^Mon–Fri 09:00–17:30, London/)).toBeTruthy();
  expect(screen.getByText("5 h of open hours")).toBeTruthy();
  expect(screen.getByText("Christmas Day")).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Save|Remove|Add/ })).toBeNull();
});

test("an office that cannot be loaded can be asked for again", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "office.get": () => Promise.reject(new Refusal("INTERNAL_SERVER_ERROR", "Something went wrong.")),
  });
  const { user } = openApp("/app/settings/office");
  await screen.findByText("The office’s hours could not be loaded");
  server.answers["office.get"] = () => sampleOffice();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByRole("heading", { name: "Office hours" });
});
