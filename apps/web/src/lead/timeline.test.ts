import type { LeadEvent } from "@intake/core/leads/schema";
import { expect, test } from "vitest";
import { lastStatusChange, toLines } from "./timeline";

let number = 0;
function event(part: Partial<LeadEvent> & Pick<LeadEvent, "type">): LeadEvent {
  number += 1;
  return { id: `event-${number}`, at: "2026-11-24T09:14:00.000Z", actor: { type: "system" }, ...part };
}
const you = { type: "user", name: "Ana Sørensen", isYou: true } as const;
const jonas = { type: "user", name: "Jonas Meyer", isYou: false } as const;
const words = (events: LeadEvent[]) => toLines(events).map((line) => `${line.who} ${line.text}`.trim());

test("who did what, by which way", () => {
  expect(
    words([
      event({ type: "lead.status_changed", actor: you, status: "REACHED_OUT", channel: "PHONE" }),
      event({ type: "lead.status_changed", actor: jonas, status: "PENDING" }),
      event({ type: "lead.status_changed", actor: jonas, status: "REACHED_OUT" }),
      event({ type: "resume.downloaded", actor: you }),
      event({ type: "lead.submitted", actor: { type: "prospect" } }),
    ]),
  ).toEqual([
    "You reached out by phone",
    "Jonas Meyer set it back to pending",
    "Jonas Meyer reached out",
    "You downloaded the resume",
    "Sent through the form",
  ]);
});

test("what happens to the file: read, added, taken, and whether anybody had checked it", () => {
  expect(
    words([
      event({ type: "resume.downloaded", actor: you, isUnchecked: false }),
      event({ type: "resume.downloaded", actor: you, isUnchecked: true }),
      event({ type: "resume.viewed", actor: you }),
      event({ type: "resume.viewed", actor: you }),
      event({ type: "resume.added", actor: jonas, isSameFile: true }),
      event({ type: "resume.added", actor: { type: "prospect" }, isSameFile: false }),
    ]),
  ).toEqual([
    "You downloaded the resume",
    "You downloaded the resume, unchecked",
    "You read the resume 2 times, last",
    "Jonas Meyer added a resume that was here before",
    "The prospect added a newer resume",
  ]);
});

test("checks say what came of them and why a file is locked", () => {
  const checked = (check: LeadEvent["check"]) => event({ type: "resume.scanned", check });
  expect(
    words([
      checked({ state: "CLEAN" }),
      checked({ state: "INFECTED", reason: "Win.Test" }),
      checked({ state: "UNSCANNABLE", reason: "The document contains macros, which are programs." }),
      checked({ state: "UNSCANNABLE" }),
      checked({ state: "UNSCANNED" }),
    ]),
  ).toEqual([
    "Resume checked, nothing found",
    "Resume locked, it contains malware (Win.Test)",
    "Resume locked: The document contains macros, which are programs.",
    "Resume locked",
    "Resume examined, but by no virus scanner",
  ]);
});

test("mails say what, to whom and why not", () => {
  const mail = { kind: "LEAD_RECEIPT", to: "a@b.co", reason: "inactive" } as const;
  expect(
    words([
      event({ type: "mail.sent", mail: { kind: "LEAD_NOTICE", to: "team@firm.co" } }),
      event({ type: "mail.queued", mail: { kind: "LEAD_RECEIPT", to: "a@b.co" } }),
      event({ type: "mail.suppressed", mail }),
      event({ type: "mail.failed", mail }),
      event({
        ...{ type: "mail.resent", actor: jonas },
        mail: { kind: "LEAD_RECEIPT", to: "a@b.co" },
      }),
      event({
        type: "mail.suppressed",
        mail: { kind: "LEAD_REMINDER", to: "a@b.co", reason: "no longer needed" },
      }),
    ]),
  ).toEqual([
    "Mail to the team sent (team@firm.co)",
    "Receipt waits to be sent (a@b.co)",
    "Receipt not sent, the address does not take mail (a@b.co): inactive",
    "Receipt could not be sent (a@b.co): inactive",
    "Jonas Meyer sent the receipt again (a@b.co)",
    "Reminder not sent, it was no longer needed (a@b.co)",
  ]);
});

test("assignments, links, notes and what was taken back", () => {
  const ana = { id: "a", name: "Ana Sørensen", isYou: true };
  const meyer = { id: "j", name: "Jonas Meyer", isYou: false };
  const other = { id: "o", reference: "INT-5TQ8-M2XA" };
  expect(
    words([
      event({ type: "lead.assigned", actor: you, assignee: meyer }),
      event({ type: "lead.assigned", actor: jonas, assignee: ana, isBulk: true }),
      event({ type: "lead.assigned", actor: jonas, assignee: meyer }),
      event({ type: "lead.assigned", actor: you, assignee: ana }),
      event({ type: "lead.assigned", actor: { type: "system" }, assignee: ana }),
      event({ type: "lead.assigned", actor: you, assignee: null }),
      event({ type: "lead.noted", actor: you, note: "x" }),
      event({ type: "lead.related", actor: you, other: { ...other, kind: "SAME_PERSON" } }),
      event({ type: "lead.related", actor: you, other: { ...other, kind: "NOT_SAME" } }),
      event({ type: "lead.unrelated", actor: you, other }),
      event({ type: "lead.status_changed", actor: you, status: "PENDING", isUndo: true }),
      event({
        type: "lead.status_changed",
        actor: jonas,
        status: "REACHED_OUT",
        channel: "EMAIL",
        isBulk: true,
      }),
      event({ type: "lead.reverted", actor: jonas, status: "PENDING", note: "Wrong person" }),
    ]),
  ).toEqual([
    "You assigned it to Jonas Meyer",
    "Jonas Meyer assigned it to you, with others",
    "Jonas Meyer took it",
    "You took it",
    "Intake assigned it to you",
    "You left it to nobody",
    "You wrote a note",
    "You linked this with",
    "You said this is not the same person as",
    "You took back the decision about",
    "You took that back",
    "Jonas Meyer reached out by email, with others",
    "Jonas Meyer set it back to pending",
  ]);
});

test("many mails to the team are one line, those that failed are not among them", () => {
  const mail = (type: string, to: string) => event({ type, mail: { kind: "LEAD_NOTICE", to } });
  const receipt = event({ type: "mail.sent", mail: { kind: "LEAD_RECEIPT", to: "p@x.co" } });
  expect(
    words([mail("mail.sent", "a@b.co"), receipt, mail("mail.failed", "c@b.co"), mail("mail.sent", "d@b.co")]),
  ).toEqual([
    "Told 2 colleagues by mail",
    "Receipt sent (p@x.co)",
    "Mail to the team could not be sent (c@b.co)",
  ]);
});

test("what a program sent did not come through the form", () => {
  expect(toLines([event({ type: "lead.submitted" })], "API")[0]?.text).toBe("Sent by a program");
});

test("views of one day come counted and are counted on", () => {
  const view = (times?: number) => event({ type: "lead.viewed", actor: you, ...(times ? { times } : {}) });
  expect(words([view(3), view()])).toEqual(["You opened it 4 times, last"]);
});

test("looking again and again is one line, by the same person in a row only", () => {
  const view = (actor: LeadEvent["actor"]) => event({ type: "lead.viewed", actor });
  expect(words([view(you), view(you), view(you), view(jonas), view(you)])).toEqual([
    "You opened it 3 times, last",
    "Jonas Meyer opened it",
    "You opened it",
  ]);
});

test("an event of a later version is shown, not dropped", () => {
  expect(words([event({ type: "lead.merged_twice", actor: jonas })])).toEqual([
    "Jonas Meyer lead merged twice",
  ]);
});

test("the newest change of status is the one that counts", () => {
  const newest = event({ type: "lead.status_changed", actor: jonas, status: "PENDING" });
  const older = event({ type: "lead.status_changed", actor: you, status: "REACHED_OUT" });
  expect(lastStatusChange([event({ type: "lead.viewed", actor: you }), newest, older])).toBe(newest);
  expect(lastStatusChange(undefined)).toBeUndefined();
});
