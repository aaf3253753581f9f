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
    ]),
  ).toEqual([
    "Mail to the team sent (team@firm.co)",
    "Receipt waits to be sent (a@b.co)",
    "Receipt not sent, the address does not take mail (a@b.co): inactive",
    "Receipt could not be sent (a@b.co): inactive",
  ]);
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
