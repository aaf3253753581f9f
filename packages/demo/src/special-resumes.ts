import type { Scanner } from "@intake/core/ports/scanner";
import type { DemoPerson } from "./people";

/** A resume that is not made up on the way, with the person it is about where it names one. */
export interface SpecialResume {
  /** In `tests/fixtures/resumes`, written by a real program; else a file made to be locked. */
  file: string | { madeToBe: "infected" | "scripted" };
  person?: Pick<DemoPerson, "firstName" | "lastName" | "email">;
}

const marta = {
  firstName: "Márta",
  lastName: "Okonkwo-Lindqvist",
  email: "marta.okonkwo@mail.example",
};
const layla = { firstName: "ليلى", lastName: "حداد", email: "layla.haddad@barid.example" };
const noa = { firstName: "נועה", lastName: "ברקוביץ", email: "noa.berkovitz@doar.example" };
const yumiko = { firstName: "由美子", lastName: "佐藤", email: "yumiko.sato@yubin.example" };
const xiaoming = { firstName: "小明", lastName: "王", email: "xiaoming.wang@youxiang.example" };
const fiona = { firstName: "Fiona", lastName: "Affleck", email: "fiona.affleck@mail.example" };
const clara = { firstName: "Clara", lastName: "Voss", email: "clara.voss@mail.example" };

/** Newest first: every writing system and writer the reader is tested with, a scan, and what the checks lock. */
const specialResumes: SpecialResume[] = [
  { file: "resume.pdf", person: marta },
  { file: "reading/arabic.pdf", person: layla },
  { file: { madeToBe: "infected" } },
  { file: "reading/japanese.docx", person: yumiko },
  { file: "reading/five-pages.pdf" },
  { file: { madeToBe: "scripted" } },
  { file: "reading/scan.pdf", person: marta },
  { file: "reading/chinese.doc", person: xiaoming },
  { file: "reading/ligatures.pdf", person: fiona },
  { file: "reading/hebrew.pdf", person: noa },
  { file: "reading/fonts-not-embedded.pdf", person: clara },
  { file: "resume-200kb.pdf" },
  { file: "reading/two-hundred-pages.pdf" },
  { file: "reading/arabic.docx", person: layla },
  { file: "resume-chromium.pdf" },
  { file: "reading/japanese.pdf", person: yumiko },
  { file: "reading/hebrew.doc", person: noa },
  { file: "password-owner.pdf" },
  { file: "reading/ligatures.docx", person: fiona },
  { file: "reading/chinese.pdf", person: xiaoming },
  { file: "resume.docx", person: marta },
  { file: "resume-linearized.pdf" },
  { file: "resume.doc" },
];

/** Every other of the newest leads has one; `age` counts from the newest, 0. */
export function specialResumeAt(age: number): SpecialResume | null {
  return age % 2 === 1 ? (specialResumes[(age - 1) / 2] ?? null) : null;
}

/** The scanner that once looked at the infected file: the file itself is harmless, so that no machine it lies on takes offence. */
export const formerScanner: Scanner = {
  name: "clamav",
  scan: async (body) => {
    body.destroy();
    return { verdict: "infected", reason: "Eicar-Test-Signature" };
  },
  version: async () => "1.4.3/27815",
  state: () => "closed",
};
