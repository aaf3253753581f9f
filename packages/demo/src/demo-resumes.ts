import { createHash, randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SpooledResume } from "@intake/core/leads/submit-lead";
import type { ResumeFormat } from "@intake/core/resumes/schema";
import type { DemoPerson } from "./people";
import { isPrintable, resumePdf } from "./resume-pdf";
import type { SpecialResume } from "./special-resumes";

export interface DemoResumes {
  /**
   * A spool file for this person: the special one where there is one, else mostly a PDF with their name, sometimes a document that an
   * office program wrote.
   */
  spoolFor(
    person: DemoPerson,
    place: { index: number; special: SpecialResume | null },
  ): Promise<SpooledResume>;
}

const names = [
  "CV",
  "Resume",
  "Lebenslauf",
  "Résumé",
  "Curriculum vitae",
  "Hồ sơ xin việc",
  "履歴書",
  "Резюме",
];

/** `templates` is `tests/fixtures/resumes`; spool files go to `spoolDirectory`, where the caller removes them. */
export async function openDemoResumes(input: {
  templates: string;
  spoolDirectory: string;
}): Promise<DemoResumes> {
  const open = (file: string) => readFile(join(input.templates, file));
  const doc = await open("resume.doc");
  const docx = await open("resume.docx");

  async function contentOf(
    person: DemoPerson,
    { index, special }: { index: number; special: SpecialResume | null },
  ): Promise<{ format: ResumeFormat; bytes: Buffer }> {
    if (typeof special?.file === "string")
      return { format: formatOf(special.file), bytes: await open(special.file) };
    if (special)
      return {
        format: "PDF",
        bytes: pdfOf(person, { index, isScripted: special.file.madeToBe === "scripted" }),
      };
    if (index % 9 === 4) return { format: "DOC", bytes: doc };
    if (index % 4 === 1) return { format: "DOCX", bytes: docx };
    return { format: "PDF", bytes: pdfOf(person, { index, isScripted: false }) };
  }

  return {
    async spoolFor(person, place) {
      const { format, bytes } = await contentOf(person, place);
      const path = join(input.spoolDirectory, randomUUID());
      await writeFile(path, bytes);
      return {
        path,
        fileName: `${names[place.index % names.length]} ${person.firstName} ${person.lastName}.${format.toLowerCase()}`,
        format,
        sizeBytes: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
      };
    },
  };
}

function formatOf(file: string): ResumeFormat {
  if (file.endsWith(".pdf")) return "PDF";
  return file.endsWith(".docx") ? "DOCX" : "DOC";
}

function pdfOf(person: DemoPerson, { index, isScripted }: { index: number; isScripted: boolean }): Buffer {
  const lines = [
    person.email,
    "",
    "Profile",
    `${person.profession}, ${3 + (index % 17)} years of experience.`,
    "Looking for advice on an employment contract and a change of residence.",
    "",
    "Experience",
    `${2012 + (index % 10)} to today: ${person.profession}`,
    `${2006 + (index % 6)} to ${2012 + (index % 10)}: assistant in the same field`,
    "",
    "Languages: English, and the one at home.",
  ];
  const name = `${person.firstName} ${person.lastName}`;
  return resumePdf({ title: isPrintable(name) ? name : "Curriculum vitae", lines, isScripted });
}
