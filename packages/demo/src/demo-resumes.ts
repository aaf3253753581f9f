import { createHash, randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SpooledResume } from "@intake/core/leads/submit-lead";
import type { DemoPerson } from "./people";
import { resumePdf } from "./resume-pdf";

export interface DemoResumes {
  /** A spool file for this person: mostly a PDF with their name, sometimes a document that an office program wrote. */
  spoolFor(person: DemoPerson, index: number): Promise<SpooledResume>;
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

/** `templates` holds `resume.doc` and `resume.docx`; spool files go to `spoolDirectory`, where the caller removes them. */
export async function openDemoResumes(input: {
  templates: string;
  spoolDirectory: string;
}): Promise<DemoResumes> {
  const doc = await readFile(join(input.templates, "resume.doc"));
  const docx = await readFile(join(input.templates, "resume.docx"));
  return {
    async spoolFor(person, index) {
      const format = index % 9 === 4 ? "DOC" : index % 4 === 1 ? "DOCX" : "PDF";
      const bytes = format === "DOC" ? doc : format === "DOCX" ? docx : pdfOf(person, index);
      const path = join(input.spoolDirectory, randomUUID());
      await writeFile(path, bytes);
      return {
        path,
        fileName: `${names[index % names.length]} ${person.firstName} ${person.lastName}.${format.toLowerCase()}`,
        format,
        sizeBytes: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
      };
    },
  };
}

function pdfOf(person: DemoPerson, index: number): Buffer {
  return resumePdf(`${person.firstName} ${person.lastName}`, [
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
  ]);
}
