import { describe, expect, test } from "vitest";
import { escalationAddresses, type Hearer, nextStep, reminderAddresses } from "./policy";

const now = new Date("2026-03-02T12:00:00Z");
const person = (id: string, facts: Partial<Hearer> = {}): Hearer => ({
  ...{ id, email: `${id}@calderrowe.example`, role: "ATTORNEY", wantsOwnMail: true },
  ...{ timeZone: "Europe/London", awayFrom: null, awayUntil: null },
  ...facts,
});
const away = { awayFrom: "2026-03-01", awayUntil: "2026-03-02" };
const ruth = person("ruth", { role: "ADMIN" });
const jonas = person("jonas");
const hearing = (people: Hearer[], assigneeId: string | null = "jonas") => ({
  ...{ people, assigneeId, now },
  teamAddresses: ["team@calderrowe.example", "jonas@calderrowe.example"],
});

test("each step once, and no reminder after the end", () => {
  const due = (respondBy: string, remindedAt: Date | null, escalatedAt: Date | null) =>
    nextStep({ respondBy: new Date(respondBy), remindedAt, escalatedAt }, now);
  expect(due("2026-03-02T12:00:01Z", null, null)).toBe("REMIND");
  expect(due("2026-03-02T12:00:01Z", now, null)).toBe("NONE");
  expect(due("2026-03-02T12:00:00Z", null, null)).toBe("ESCALATE");
  expect(due("2026-03-02T12:00:00Z", now, null)).toBe("ESCALATE");
  expect(due("2026-03-02T12:00:00Z", now, now)).toBe("NONE");
});

describe("who is reminded", () => {
  test("whoever is in charge", () => {
    expect(reminderAddresses(hearing([ruth, jonas]))).toEqual(["jonas@calderrowe.example"]);
  });
  test.each([
    [
      "nobody is in charge",
      hearing([ruth, jonas], null),
      ["team@calderrowe.example", "jonas@calderrowe.example"],
    ],
    ["they are away", hearing([ruth, person("jonas", away)]), ["team@calderrowe.example"]],
    ["they left", hearing([ruth]), ["team@calderrowe.example", "jonas@calderrowe.example"]],
    [
      "they want no mail",
      hearing([ruth, person("jonas", { wantsOwnMail: false })]),
      ["team@calderrowe.example", "jonas@calderrowe.example"],
    ],
  ])("the team when %s", (_, input, addresses) => {
    expect(reminderAddresses(input)).toEqual(addresses);
  });
  test("the admins when nobody else would hear it", () => {
    const input = { ...hearing([ruth, person("jonas", away)]), teamAddresses: ["jonas@calderrowe.example"] };
    expect(reminderAddresses(input)).toEqual(["ruth@calderrowe.example"]);
  });
});

describe("who hears that it is late", () => {
  test("the admins and whoever is in charge, each once", () => {
    expect(escalationAddresses(hearing([ruth, jonas]))).toEqual([
      "ruth@calderrowe.example",
      "jonas@calderrowe.example",
    ]);
    expect(escalationAddresses(hearing([ruth, jonas], "ruth"))).toEqual(["ruth@calderrowe.example"]);
  });
  test("admins who are away only when all are", () => {
    const present = person("ana", { role: "ADMIN" });
    const gone = person("ruth", { role: "ADMIN", ...away });
    expect(escalationAddresses(hearing([gone, present], null))).toEqual(["ana@calderrowe.example"]);
    expect(escalationAddresses(hearing([gone], null))).toEqual(["ruth@calderrowe.example"]);
  });
});
