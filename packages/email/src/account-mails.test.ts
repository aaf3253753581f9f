import type { SecurityNotice } from "@intake/core/ports/mail-renderer";
import { expect, it } from "vitest";
import { createMailRenderer } from "./mail-renderer";

const renderer = createMailRenderer();
const common = { officeName: "Calder & Rowe", timeZone: "Europe/London" };
const expiresAt = new Date("2026-11-27T11:46:00Z");
const acceptUrl = "https://intake.example/app/invitation#token";

function invitation(inviterName = "Thomas Rowe") {
  return renderer.invitation({ ...common, inviterName, role: "Intake", acceptUrl, expiresAt });
}
const linksOf = (html: string) => [...html.matchAll(/href="([^"]*)"/gu)].map((match) => match[1]);

it("invites with the role, one link, and until when it works", async () => {
  const { subject, html, text } = await invitation();
  expect(subject).toBe("Your invitation to Intake at Calder & Rowe");
  expect(linksOf(html)).toEqual([acceptUrl]);
  for (const fact of [
    "Thomas Rowe invites you to Intake",
    "Your role there: Intake.",
    acceptUrl,
    "The link works once, until Friday 27 November 2026, 11:46, London time (GMT).",
  ])
    expect(text).toContain(fact);
});

it("keeps an inviter's name from becoming a link", async () => {
  const { html, text } = await invitation("Visit https://evil.example <b>now</b>");
  expect(text).not.toContain("https://evil.example");
  expect(html).not.toContain("<b>now");
  expect(linksOf(html)).toEqual([acceptUrl]);
});

it("offers a new password without saying whose account it is", async () => {
  const resetUrl = "https://intake.example/app/reset#token";
  const { html, text } = await renderer.passwordReset({ ...common, resetUrl, expiresAt });
  expect(linksOf(html)).toEqual([resetUrl]);
  expect(text).toContain("Was it not you? Then leave the link alone: your password stays as it is.");
});

it.each<[SecurityNotice, string]>([
  ["session.reused", "We ended one of your sessions"],
  ["password.changed", "Your password was changed"],
  ["password.reset", "Your password was set anew"],
  ["second-factor.changed", "Your second factor was changed"],
])("tells of %s, when it was and what to do", async (notice, subject) => {
  const securityUrl = "https://intake.example/app/settings/security";
  const facts = { ...common, notice, at: new Date("2026-11-24T09:14:00Z"), securityUrl };
  const mail = await renderer.securityNotice(facts);
  expect(mail.subject).toBe(subject);
  expect(mail.text).toContain("When: Tuesday 24 November 2026, 09:14, London time (GMT).");
  expect(mail.text).toMatch(/change your password|Choose a new password/i);
  expect(linksOf(mail.html)).toEqual([securityUrl]);
});
