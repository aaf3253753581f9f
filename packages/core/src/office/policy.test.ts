import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addBusinessMinutes, businessMinutesBetween, isOpen, isWorkingDay, officeDate } from "./policy";
import { type BusinessHours, businessHoursSchema, type OpenSpan, openWeekSchema } from "./schema";

const nineToHalfPastFive: OpenSpan[] = [[540, 1050]];
const workdays = (spans: OpenSpan[]) => [[], spans, spans, spans, spans, spans, []];
const london: BusinessHours = { zone: "Europe/London", week: workdays(nineToHalfPastFive), holidays: [] };
const at = (text: string) => new Date(text);
const due = (hours: BusinessHours, from: string, minutes: number) =>
  addBusinessMinutes(hours, at(from), minutes).toISOString();

describe("counting", () => {
  test("within a day, over a night, over a weekend", () => {
    expect(businessMinutesBetween(london, at("2026-03-02T09:30:00Z"), at("2026-03-02T11:00:59Z"))).toBe(90);
    expect(due(london, "2026-03-02T09:30:00Z", 300)).toBe("2026-03-02T14:30:00.000Z");
    expect(due(london, "2026-03-02T16:00:00Z", 300)).toBe("2026-03-03T12:30:00.000Z");
    expect(due(london, "2026-03-06T20:00:00Z", 60)).toBe("2026-03-09T10:00:00.000Z");
    expect(businessMinutesBetween(london, at("2026-03-06T17:00:00Z"), at("2026-03-09T09:10:00Z"))).toBe(40);
  });

  test("what ends with the office's day is due when it closes, not when it opens again", () => {
    expect(due(london, "2026-03-02T12:30:00Z", 300)).toBe("2026-03-02T17:30:00.000Z");
  });

  test("holidays do not count", () => {
    const hours = { ...london, holidays: ["2026-03-03"] };
    expect(due(hours, "2026-03-02T16:00:00Z", 300)).toBe("2026-03-04T12:30:00.000Z");
    expect(isOpen(hours, at("2026-03-03T12:00:00Z"))).toBe(false);
    expect(isWorkingDay(hours, "2026-03-03")).toBe(false);
    expect(isWorkingDay(hours, "2026-03-04")).toBe(true);
    expect(isWorkingDay(hours, "2026-03-07")).toBe(false);
  });

  test("a lunch break stops the clock", () => {
    const hours = {
      ...london,
      week: workdays([
        [540, 720],
        [780, 1020],
      ]),
    };
    expect(due(hours, "2026-03-02T11:50:00Z", 20)).toBe("2026-03-02T13:10:00.000Z");
    expect(isOpen(hours, at("2026-03-02T12:00:00Z"))).toBe(false);
  });

  test("nothing was open from a moment to an earlier one", () => {
    expect(businessMinutesBetween(london, at("2026-03-02T11:00:00Z"), at("2026-03-02T10:00:00Z"))).toBe(0);
  });

  test("an office without hours counts day and night, holidays too", () => {
    const always = { ...london, week: workdays([]), holidays: ["2026-03-07"] };
    expect(due(always, "2026-03-07T03:00:00Z", 300)).toBe("2026-03-07T08:00:00.000Z");
    expect(isOpen(always, at("2026-03-07T03:00:00Z"))).toBe(true);
    expect(businessMinutesBetween(always, at("2026-03-07T00:00:00Z"), at("2026-03-08T00:00:00Z"))).toBe(1440);
    expect(isWorkingDay(always, "2026-03-07")).toBe(true);
  });
});

describe("the clocks of the world", () => {
  const always = (zone: string): BusinessHours => ({
    zone,
    week: Array.from({ length: 7 }, (): OpenSpan[] => [[0, 1440]]),
    holidays: [],
  });

  test("opening time follows the clock on the wall when it changes", () => {
    // Friday before and Monday after 29 March 2026.
    expect(isOpen(london, at("2026-03-27T09:00:00Z"))).toBe(true);
    expect(isOpen(london, at("2026-03-30T08:00:00Z"))).toBe(true);
    expect(isOpen(london, at("2026-03-30T07:59:59Z"))).toBe(false);
    expect(due(london, "2026-03-27T17:00:00Z", 60)).toBe("2026-03-30T08:30:00.000Z");
  });

  test.each([
    ["Europe/London", "2026-03-29", 23 * 60],
    ["Europe/London", "2026-10-25", 25 * 60],
    ["America/New_York", "2026-03-08", 23 * 60],
    // Half an hour only, and at the other end of the year.
    ["Australia/Lord_Howe", "2026-04-05", 24.5 * 60],
    ["Pacific/Tongatapu", "2026-06-01", 24 * 60],
  ])("a whole day in %s, %s, has %i minutes", (zone, date, minutes) => {
    const oneDay = {
      ...always(zone),
      week: always(zone).week.map((spans, day) => (day === new Date(date).getUTCDay() ? spans : [])),
    };
    const [from, to] = [Date.parse(date) - 2 * 86_400_000, Date.parse(date) + 2 * 86_400_000];
    expect(businessMinutesBetween(oneDay, new Date(from), new Date(to))).toBe(minutes);
  });

  test("a day that a country left out has no hours", () => {
    const before = at("2011-12-29T00:00:00Z");
    const hours = {
      ...always("Pacific/Apia"),
      week: always("Pacific/Apia").week.map((spans, day) => (day === 5 ? spans : [])),
    };
    expect(businessMinutesBetween(hours, before, at("2012-01-02T00:00:00Z"))).toBe(0);
  });

  test("dates are the office's own", () => {
    expect(officeDate("Pacific/Tongatapu", at("2026-03-02T11:30:00Z"))).toBe("2026-03-03");
    expect(officeDate("Asia/Kolkata", at("2026-03-02T18:29:00Z"))).toBe("2026-03-02");
    expect(officeDate("Asia/Kolkata", at("2026-03-02T18:30:00Z"))).toBe("2026-03-03");
    expect(officeDate("America/Los_Angeles", at("2026-03-02T07:59:00Z"))).toBe("2026-03-01");
  });
});

describe("whatever the hours", () => {
  const zone = fc.constantFrom(
    ...["Europe/London", "America/New_York", "Pacific/Tongatapu", "Asia/Kolkata", "Asia/Kathmandu"],
    ...["Australia/Lord_Howe", "America/St_Johns", "UTC", "Pacific/Chatham", "Pacific/Pago_Pago"],
  );
  const daySpans = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 }).map((quarters) => {
    const edges = quarters.map((quarter) => quarter * 15).sort((a, b) => a - b);
    const spans: OpenSpan[] = [];
    for (let index = 0; index + 1 < edges.length; index += 2)
      spans.push([edges[index] ?? 0, edges[index + 1] ?? 0]);
    return spans;
  });
  // Around the days on which some of these zones change their clocks.
  const minuteOf2026 = fc.oneof(
    fc.integer({ min: 0, max: 365 * 1440 }),
    ...["2026-03-08", "2026-03-29", "2026-04-05", "2026-09-27", "2026-10-04", "2026-10-25", "2026-11-01"].map(
      (date) => {
        const middle = (Date.parse(date) - Date.UTC(2026, 0, 1)) / 60_000;
        return fc.integer({ min: middle - 1440, max: middle + 2880 });
      },
    ),
  );
  const moment = minuteOf2026.map((minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000));
  const hours = fc.record({
    zone,
    week: fc.array(daySpans, { minLength: 7, maxLength: 7 }),
    holidays: fc.array(fc.constantFrom("2026-03-09", "2026-03-29", "2026-10-26", "2026-11-02"), {
      maxLength: 2,
    }),
  });

  test("it is what a walk from minute to minute, looking at the wall clock, would count", () => {
    fc.assert(
      fc.property(hours, moment, fc.integer({ min: 0, max: 2000 }), (office, from, length) => {
        let open = 0;
        for (let minute = 0; minute < length; minute++)
          if (isOpenByTheWall(office, new Date(from.getTime() + minute * 60_000))) open++;
        expect(businessMinutesBetween(office, from, new Date(from.getTime() + length * 60_000))).toBe(open);
        expect(isOpen(office, from)).toBe(isOpenByTheWall(office, from));
      }),
      { numRuns: 60 },
    );
  });

  test("a stretch has as many minutes as its two parts", () => {
    fc.assert(
      fc.property(hours, fc.array(moment, { minLength: 3, maxLength: 3 }), (office, moments) => {
        const [from, middle, to] = moments.sort((a, b) => a.getTime() - b.getTime()) as [Date, Date, Date];
        const between = (start: Date, end: Date) => businessMinutesBetween(office, start, end);
        expect(between(from, middle) + between(middle, to)).toBe(between(from, to));
      }),
    );
  });

  test("after adding minutes so many have passed, and not one moment earlier", () => {
    fc.assert(
      fc.property(hours, moment, fc.integer({ min: 1, max: 5000 }), (office, from, minutes) => {
        const end = addBusinessMinutes(office, from, minutes);
        expect(businessMinutesBetween(office, from, end)).toBe(minutes);
        expect(businessMinutesBetween(office, from, new Date(end.getTime() - 1))).toBe(minutes - 1);
      }),
    );
  });

  test("the hours these tests make are such as can be set", () => {
    fc.assert(fc.property(hours, (office) => businessHoursSchema.parse(office) !== null));
  });
});

test.each([
  ["over midnight", [[1320, 120]]],
  ["without length", [[540, 540]]],
  ["after the end of the day", [[540, 1441]]],
  [
    "overlapping",
    [
      [540, 720],
      [700, 800],
    ],
  ],
  [
    "in the wrong order",
    [
      [780, 1020],
      [540, 720],
    ],
  ],
  [
    "five a day",
    [
      [0, 1],
      [2, 3],
      [4, 5],
      [6, 7],
      [8, 9],
    ],
  ],
])("hours %s are refused", (_, spans) => {
  expect(openWeekSchema.safeParse([spans, [], [], [], [], [], []]).success).toBe(false);
});

const wallFormats = new Map<string, Intl.DateTimeFormat>();

function isOpenByTheWall(hours: BusinessHours, moment: Date): boolean {
  if (hours.week.every((spans) => spans.length === 0)) return true;
  const known = wallFormats.get(hours.zone);
  const format =
    known ??
    new Intl.DateTimeFormat("sv-SE", { timeZone: hours.zone, dateStyle: "short", timeStyle: "short" });
  wallFormats.set(hours.zone, format);
  const [date = "", time = ""] = format.format(moment).split(" ");
  if (hours.holidays.includes(date)) return false;
  const [hour = 0, minutes = 0] = time.split(":").map(Number);
  const now = hour * 60 + minutes;
  return (hours.week[new Date(date).getUTCDay()] ?? []).some(([from, to]) => from <= now && now < to);
}
