import { expect, it } from "vitest";
import { createMailRenderer } from "./mail-renderer";

const renderer = createMailRenderer();
const leadUrl = "https://intake.example/app/leads/0190aaaa-0000-7000-8000-000000000000";
const facts = {
  ...{ officeName: "Calder & Rowe", colleagueName: "Jonas Meyer", leadUrl },
  ...{ firstName: "Minh Khai", lastName: "Nguyễn Thị", reference: "INT-7K4Q-92FD" },
};
const linksOf = (html: string) => [...html.matchAll(/href="([^"]*)"/gu)].map((match) => match[1]);

it("says who put the reader in charge of whom, with one link", async () => {
  const { subject, html, text } = await renderer.leadAssigned(facts);
  expect(subject).toBe("Yours now: Minh Khai Nguyễn Thị (INT-7K4Q-92FD)");
  expect(linksOf(html)).toEqual([leadUrl]);
  expect(text).toContain("Jonas Meyer put you in charge of this lead.");
  expect(text).toContain(`Open the lead: ${leadUrl}`);
  const byIntake = await renderer.leadAssigned({ ...facts, colleagueName: null });
  expect(byIntake.text).toContain("Intake put you in charge of this lead.");
});

it("says who names the reader and about whom", async () => {
  const { subject, html, text } = await renderer.noteMention(facts);
  expect(subject).toBe("Jonas Meyer names you in a note about Minh Khai Nguyễn Thị (INT-7K4Q-92FD)");
  expect(linksOf(html)).toEqual([leadUrl]);
  expect(text).toContain("What it says stays in Intake.");
});

it("keeps names from becoming links or markup", async () => {
  const evil = "Win at https://evil.example <b>now</b>\r\nBcc: all@x.co";
  for (const render of [renderer.leadAssigned, renderer.noteMention]) {
    const { subject, html, text } = await render({ ...facts, firstName: evil, colleagueName: evil });
    expect(subject).not.toMatch(/[\r\n]/);
    expect(`${subject}${text}`).not.toContain("https://evil.example");
    expect(html).not.toContain("<b>now");
    expect(linksOf(html)).toEqual([leadUrl]);
  }
});
