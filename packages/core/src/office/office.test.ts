import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getProfile, updateProfile } from "../people/profile";
import { updateProfileSchema } from "../people/schema";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { getOffice } from "./get-office";
import { addHoliday, removeHoliday } from "./holidays";
import { readOfficeRules } from "./read-office-rules";
import { holidaySchema, mostHolidays, type OpenSpan, updateOfficeSchema, type WrittenRules } from "./schema";
import { updateOffice } from "./update-office";

let domain: TestDomain;
let admin: ReturnType<TestDomain["asStaff"]>;
let eventsBefore = 0;
beforeAll(async () => {
  domain = await createTestDomain();
  admin = domain.asStaff(await domain.createUser("ADMIN"));
});
afterAll(() => domain.close());
beforeEach(async () => {
  await domain.ctx.db.prisma.holiday.deleteMany();
  await updateOffice(admin, ordinary);
  eventsBefore = await domain.ctx.db.prisma.auditEvent.count();
  domain.jobs.length = 0;
});

const nine: OpenSpan[] = [[540, 1050]];
const ordinary: WrittenRules = {
  week: [[], nine, nine, nine, nine, nine, []],
  targetMinutes: 300,
  mode: "MANUAL",
};
const saturdays: WrittenRules = { ...ordinary, week: [[], nine, nine, nine, nine, nine, [[600, 720]]] };

async function events() {
  const rows = await domain.ctx.db.prisma.auditEvent.findMany({ orderBy: { id: "asc" }, skip: eventsBefore });
  return rows.map(({ type, data }) => [type, data]);
}

describe("the rules", () => {
  test("are changed together, hold from the next lead on, and waiting leads are counted anew", async () => {
    const office = await updateOffice(admin, { ...saturdays, targetMinutes: 60, mode: "ROUND_ROBIN" });
    expect(office).toMatchObject({ ...saturdays, targetMinutes: 60, mode: "ROUND_ROBIN" });
    expect(await getOffice(domain.ctx)).toEqual(office);
    expect(office.timeZone).toBe("Europe/London");
    expect(await readOfficeRules(domain.ctx)).toMatchObject({ targetMinutes: 60, mode: "ROUND_ROBIN" });
    expect(domain.jobs).toEqual([
      {
        name: "leads.reschedule",
        data: { afterId: null },
        startAfter: new Date(domain.ctx.now().getTime() + 5000),
      },
    ]);
    expect(await events()).toEqual([
      [
        "office.rules_changed",
        { week: JSON.stringify(saturdays.week), targetMinutes: 60, mode: "ROUND_ROBIN" },
      ],
    ]);
  });

  test("another way of assigning promises nobody anything new", async () => {
    await updateOffice(admin, { ...ordinary, mode: "LEAST_LOADED" });
    expect(domain.jobs).toEqual([]);
    expect(await events()).toHaveLength(1);
  });

  test("the same again is no change", async () => {
    expect(await updateOffice(admin, { ...ordinary, former: ordinary })).toMatchObject(ordinary);
    expect(domain.jobs).toEqual([]);
    expect(await events()).toEqual([]);
  });

  test("of two who change what they both saw, the second hears what the first made of it", async () => {
    const outcomes = await Promise.allSettled([
      updateOffice(admin, { ...saturdays, former: ordinary }),
      updateOffice(admin, { ...ordinary, targetMinutes: 60, former: ordinary }),
    ]);
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused).toEqual([
      expect.objectContaining({
        reason: expect.objectContaining({ code: "CONFLICT", current: await getOffice(domain.ctx) }),
      }),
    ]);
    expect(await events()).toHaveLength(1);
    // Who looked at what stands now may write over it.
    const { week, targetMinutes, mode } = await getOffice(domain.ctx);
    await updateOffice(admin, { ...ordinary, former: { week, targetMinutes, mode } });
    expect(await getOffice(domain.ctx)).toMatchObject(ordinary);
  });

  test.each([
    ["no time at all", { ...ordinary, targetMinutes: 0 }],
    ["more than two weeks", { ...ordinary, targetMinutes: 4801 }],
    ["half a minute", { ...ordinary, targetMinutes: 1.5 }],
    ["six days", { ...ordinary, week: ordinary.week.slice(1) }],
    ["an unknown way", { ...ordinary, mode: "RANDOM" }],
    ["another zone", { ...ordinary, timeZone: "UTC" }],
  ])("%s are refused", (_, rules) => {
    expect(updateOfficeSchema.safeParse(rules).success).toBe(false);
  });
});

describe("holidays", () => {
  test("are added and removed, each with its event, and count at once", async () => {
    await addHoliday(admin, { day: "2026-12-28", name: "Boxing Day (observed)" });
    const office = await addHoliday(admin, { day: "2026-12-25", name: "Christmas Day" });
    expect(office.holidays).toEqual([
      { day: "2026-12-25", name: "Christmas Day" },
      { day: "2026-12-28", name: "Boxing Day (observed)" },
    ]);
    expect((await readOfficeRules(domain.ctx)).hours.holidays).toEqual(["2026-12-25", "2026-12-28"]);
    const after = await removeHoliday(admin, { day: "2026-12-28" });
    expect(after.holidays.map(({ day }) => day)).toEqual(["2026-12-25"]);
    expect(await events()).toEqual([
      ["holiday.added", { day: "2026-12-28" }],
      ["holiday.added", { day: "2026-12-25" }],
      ["holiday.removed", { day: "2026-12-28" }],
    ]);
    expect(domain.jobs.map(({ name }) => name)).toEqual(Array(3).fill("leads.reschedule"));
  });

  test("a day is one once, and what is none cannot be removed", async () => {
    const day = "2026-12-25";
    const outcomes = await Promise.allSettled([
      addHoliday(admin, { day, name: "Christmas" }),
      addHoliday(admin, { day, name: "Christmas Day" }),
    ]);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refusals).toEqual([expect.objectContaining({ code: "CONFLICT" })]);
    expect(refusals[0].errors).toEqual([{ path: "day", message: "This day is a holiday already." }]);
    await expect(removeHoliday(admin, { day: "2026-12-26" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await events()).toHaveLength(1);
  });

  test("a full list takes no more", async () => {
    const first = Date.UTC(2030, 0, 1);
    await domain.ctx.db.prisma.holiday.createMany({
      data: Array.from({ length: mostHolidays }, (_, index) => ({
        day: new Date(first + index * 86_400_000),
        name: "Closed",
      })),
    });
    await expect(addHoliday(admin, { day: "2026-12-25", name: "Christmas" })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
    expect(await domain.ctx.db.prisma.holiday.count()).toBe(mostHolidays);
  });

  test.each([
    ["no such day", { day: "2026-02-30", name: "Leap" }],
    ["no day", { day: "", name: "Never" }],
    ["no name", { day: "2026-12-25", name: " " }],
    ["a name that turns around", { day: "2026-12-25", name: "\u202eyad" }],
  ])("%s is refused", (_, holiday) => {
    expect(holidaySchema.safeParse(holiday).success).toBe(false);
  });
});

describe("who gets new leads", () => {
  test("are people who take them, may, and are here today; the page names them", async () => {
    const attorney = domain.asStaff(await domain.createUser("ATTORNEY"));
    await domain.createUser("READ_ONLY");
    const takers = async () => (await getOffice(domain.ctx)).takers.map(({ id }) => id).sort();
    const both = [admin.actor.user.id, attorney.actor.user.id].sort();
    expect(await takers()).toEqual(both);
    expect((await readOfficeRules(domain.ctx)).takerIds).toEqual(both);

    await updateProfile(admin, { takesLeads: false });
    expect((await readOfficeRules(domain.ctx)).takerIds).toEqual([attorney.actor.user.id]);
    const away = { from: "2026-03-02", until: "2026-03-06" };
    expect(await updateProfile(attorney, { away })).toMatchObject({ away });
    expect(await takers()).toEqual([]);
    await updateProfile(attorney, { away: { from: null, until: null } });
    expect(await getProfile(attorney)).toMatchObject({ takesLeads: true, away: { from: null, until: null } });
    expect(await takers()).toEqual([attorney.actor.user.id]);
    await updateProfile(admin, { takesLeads: true });
  });

  test("an absence ends after it begins", () => {
    const parse = (from: string | null, until: string | null) =>
      updateProfileSchema.safeParse({ away: { from, until } }).success;
    expect([parse("2026-03-02", "2026-03-02"), parse(null, "2026-03-02"), parse("2026-03-02", null)]).toEqual(
      [true, true, true],
    );
    expect(parse("2026-03-03", "2026-03-02")).toBe(false);
    expect(updateProfileSchema.safeParse({ away: { from: "2026-03-02" } }).success).toBe(false);
  });
});
