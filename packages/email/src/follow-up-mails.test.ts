import type { DigestLead, DigestSection, FollowUpMailFacts } from "@intake/core/ports/mail-renderer";
import { describe, expect, it, test } from "vitest";
import { createMailRenderer } from "./mail-renderer";

const renderer = createMailRenderer();
const leadUrl = "https://intake.example/app/leads/0190aaaa-0000-7000-8000-000000000000";
const name = { firstName: "Minh Khai", lastName: "Nguyễn Thị", reference: "INT-7K4Q-92FD" };
const times = { receivedAt: new Date("2026-11-24T09:14:30Z"), respondBy: new Date("2026-11-24T14:14:30Z") };
const zone = { timeZone: "Europe/London", officeName: "Calder & Rowe" };
const facts: FollowUpMailFacts = { ...zone, ...name, ...times, assignee: null, leadUrl };
const linksOf = (html: string) =>
  [...html.matchAll(/href="([^"]*)"/gu)].map((match) => match[1]?.replaceAll("&amp;", "&"));

describe("about a lead that waits", () => {
  it("reminds: until when, whose it is, one link", async () => {
    const { subject, html, text } = await renderer.leadReminder(facts);
    expect(subject).toBe("Half the time has passed: Minh Khai Nguyễn Thị (INT-7K4Q-92FD)");
    expect(linksOf(html)).toEqual([leadUrl]);
    expect(text).toContain("by Tuesday 24 November 2026, 14:14, London time (GMT).");
    expect(text).toContain("Nobody is in charge of it yet.");
  });

  it("escalates, and says whose it is", async () => {
    const assignee = { name: "Jonas Meyer", isReader: false };
    const { subject, text } = await renderer.leadEscalation({ ...facts, assignee });
    expect(subject).toBe("Past its time: Minh Khai Nguyễn Thị (INT-7K4Q-92FD)");
    expect(text).toContain("ended on Tuesday 24 November 2026, 14:14");
    expect(text).toContain("It is Jonas Meyer’s.");
    const own = await renderer.leadEscalation({ ...facts, assignee: { ...assignee, isReader: true } });
    expect(own.text).toContain("It is yours.");
  });
});

const section = (topic: DigestSection["topic"], total: number, named = total): DigestSection => ({
  ...{ topic, total, totalIsExact: true },
  leads: Array.from(
    { length: named },
    (_, index): DigestLead => ({
      ...name,
      ...times,
      firstName: `Minh ${index}`,
      leadUrl: `${leadUrl}?${index}`,
    }),
  ),
  listUrl: `https://intake.example/app/leads?${topic}=true&a=b`,
});

test("many mails in one: names, the number of the others, the way to all", async () => {
  const sections = [section("new", 50, 10), section("late", 1)];
  const { subject, html, text } = await renderer.leadDigest({ ...zone, at: times.respondBy, sections });
  expect(subject).toBe("50 new leads, 1 past the time to answer");
  expect(text).toContain(
    `- Minh 9 Nguyễn Thị, INT-7K4Q-92FD, received Tue 24 Nov, 09:14\n  ${leadUrl}?9\n\nAnd 40 more. See all 50 in the list: https://intake.example/app/leads?new=true&a=b`,
  );
  expect(text).toContain("INT-7K4Q-92FD, was due Tue 24 Nov, 14:14");
  expect(text).toContain("Times are London time (GMT).");
  expect(linksOf(html)).toHaveLength(10 + 1 + 1 + 1);
  expect(linksOf(html)).toContain("https://intake.example/app/leads?late=true&a=b");
});

describe("the daily digest", () => {
  const day = {
    ...{ ...zone, at: times.receivedAt, since: new Date("2026-11-23T08:00:00Z") },
    ...{ homeUrl: "https://intake.example/app", profileUrl: "https://intake.example/app/settings/profile" },
  };

  it("has the numbers in its subject", async () => {
    const many = { ...section("late", 1000, 10), totalIsExact: false };
    const { subject, text } = await renderer.dailyDigest({
      ...day,
      sections: [section("new", 4), section("yours", 0), many],
    });
    expect(subject).toBe("Today at Calder & Rowe: 4 new, 1,000+ past the promise");
    expect(text).toContain("New means since Monday 23 November 2026, 08:00, London time (GMT).");
    expect(text).toContain("Yours, pending: 0\nNobody waits for you.");
    expect(text).toContain("And many more. See all 1,000+ in the list");
    expect(text).toContain("Turn it off in your profile: https://intake.example/app/settings/profile");
  });

  it("also says that nothing waits", async () => {
    const sections = [section("new", 0), section("yours", 0), section("late", 0)];
    const { subject, html } = await renderer.dailyDigest({ ...day, sections });
    expect(subject).toBe("Today at Calder & Rowe: nothing waits");
    expect(linksOf(html)).toEqual([day.homeUrl, day.profileUrl]);
  });
});

it("keeps names from becoming links or markup, and subjects in one line", async () => {
  const evil = "Win at https://evil.example <b>now</b>\r\nBcc: all@x.co";
  const lead = { ...name, ...times, firstName: evil, leadUrl };
  const sections = [{ ...section("new", 1), leads: [lead] }];
  const mails = [
    await renderer.leadReminder({ ...facts, firstName: evil }),
    await renderer.leadEscalation({ ...facts, firstName: evil, assignee: { name: evil, isReader: false } }),
    await renderer.leadDigest({ ...zone, at: times.respondBy, sections }),
  ];
  for (const { subject, html, text } of mails) {
    expect(subject).not.toMatch(/[\r\n]/);
    expect(`${subject}${text}`).not.toContain("https://evil.example");
    expect(html).not.toContain("<b>now");
    for (const link of linksOf(html)) expect(link).toMatch(/^https:\/\/intake\.example\/app\//);
  }
});
