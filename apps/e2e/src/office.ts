import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createIntakeClient } from "@intake/client/node";
import { submitLead } from "@intake/client/submit-lead";
import { admin, type Person } from "./admin";
import { expect, resumes } from "./fixtures";

/** The product as its own typed client sees it, signed in as one person. */
export function callAs(person: Person) {
  return createIntakeClient({ baseUrl: baseUrl(), credentials: person });
}

/** A colleague who has accepted an invitation and is spared the mails about new leads. */
export async function letIn(name: string, role: "ATTORNEY" | "INTAKE" | "READ_ONLY"): Promise<Person> {
  const office = callAs(admin);
  const [firstName = ""] = name.toLowerCase().split(" ");
  const person = {
    email: `${firstName}.${randomUUID().slice(0, 8)}@office.example`,
    password: admin.password,
  };
  await office.people.invite.mutate({ email: person.email, role });
  const token = await readInvitation(person.email);
  await office.account.acceptInvitation.mutate({
    ...{ token, name, password: person.password, timeZone: "Europe/London" },
  });
  await callAs(person).account.updateProfile.mutate({ wantsLeadMail: false });
  return person;
}

/** Sends leads through the public door, one after the other, and returns their ids. */
export async function submitLeads(
  leads: { firstName: string; lastName: string; email: string }[],
): Promise<string[]> {
  const bytes = await readFile(resumes.pdf);
  const ids: string[] = [];
  for (const fields of leads) {
    const receipt = await submitLead({
      ...{ baseUrl: baseUrl(), fields, idempotencyKey: randomUUID() },
      resume: { name: "cv.pdf", bytes },
    });
    ids.push(receipt.id);
  }
  return ids;
}

function baseUrl(): string {
  return process.env.INTAKE_URL ?? "";
}

async function readInvitation(email: string): Promise<string> {
  let token = "";
  await expect(async () => {
    const mails: { to: string; tag: string; text: string }[] = await (
      await fetch(`${baseUrl()}/dev/mailbox.json`)
    ).json();
    const mail = mails.find(({ to, tag }) => to === email && tag === "invitation");
    token = /\/app\/invitation#(\S+)/.exec(mail?.text ?? "")?.[1] ?? "";
    expect(token).not.toBe("");
  }).toPass({ timeout: 20_000 });
  return token;
}
