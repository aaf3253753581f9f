import fc from "fast-check";
import { expect, test } from "vitest";
import { clockTime } from "../home/figures";
import { sampleOffice } from "../testing/sample-office";
import { areSame, minuteOfDay, newSpan, readDraft, rulesOf, startDraft } from "./office-draft";

test.each([
  ["9", 540],
  ["09:00", 540],
  ["9.30", 570],
  ["0930", 570],
  [" 17h30 ", 1050],
  ["0", 0],
  ["24:00", 1440],
])("%j is minute %i", (text, minutes) => {
  expect(minuteOfDay(text)).toBe(minutes);
});

test.each(["", "noon", "24:01", "9:60", "25", "-1", "9:3", "09:00:00", "9 pm"])("%j is no time", (text) => {
  expect(minuteOfDay(text)).toBeNaN();
});

test("every minute is read as it is shown", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1440 }), (minute) => {
      expect(minuteOfDay(clockTime(minute))).toBe(minute);
    }),
  );
});

test("a draft that nobody touched means the rules it began with", () => {
  const office = sampleOffice({ targetMinutes: 95 });
  expect(readDraft(startDraft(office))).toEqual({ rules: rulesOf(office) });
  expect(areSame(startDraft(office).basis, office)).toBe(true);
  expect(areSame(startDraft(office).basis, { ...office, mode: "ROUND_ROBIN" })).toBe(false);
});

test("spans are put in their order, and complaints stand at their day", () => {
  const draft = startDraft(sampleOffice());
  const week = [...draft.week];
  week[6] = [newSpan("13:00", "17:00"), newSpan("9", "12")];
  expect(readDraft({ ...draft, week })).toMatchObject({
    rules: {
      week: expect.arrayContaining([
        [
          [540, 720],
          [780, 1020],
        ],
      ]),
    },
  });
  week[6] = [newSpan("13:00", "17:00"), newSpan("9", "14")];
  week[0] = [newSpan("", "12")];
  expect(readDraft({ ...draft, week, hours: "81" })).toEqual({
    problems: {
      days: {
        0: "Write times as 09:00.",
        6: "The hours of a day must follow each other without overlapping.",
      },
      target: "Give at most 80 hours.",
    },
  });
});
