import type { ActiveColleague } from "@intake/core/assignment/schema";
import type { Note } from "@intake/core/notes/schema";
import type { RelatedLead } from "@intake/core/relations/schema";
import { sampleId } from "./sample-data";

/** Ana Ruiz, as `sampleTokens` signs her in, and three others. */
export function sampleColleagues(): ActiveColleague[] {
  const person = { role: "ATTORNEY", isYou: false, takesPart: true, awayUntil: null } as const;
  return [
    { ...person, id: sampleId(100), name: "Ana Ruiz", isYou: true },
    { ...person, id: sampleId(101), name: "Jonas Meyer" },
    { ...person, id: sampleId(102), name: "Olena Kovalʹ", role: "INTAKE", awayUntil: "2026-11-30" },
    { ...person, id: sampleId(103), name: "Rita Reader", role: "READ_ONLY", takesPart: false },
  ];
}

export function sampleNote(changes: Partial<Note> = {}): Note {
  return {
    ...{ id: sampleId(600), leadId: sampleId(1), body: "Called." },
    ...{ createdAt: "2026-11-20T09:14:00.000Z", editedAt: null },
    ...changes,
  };
}

/** An earlier letter from the same address, answered by Jonas. */
export function sampleRelated(changes: Partial<RelatedLead> = {}): RelatedLead {
  return {
    ...{ id: sampleId(50), reference: "INT-5TQ8-M2XA", firstName: "Zoë", lastName: "Lindqvist 1" },
    ...{
      status: "REACHED_OUT",
      createdAt: "2026-05-03T09:14:00.000Z",
      reachedOutAt: "2026-05-03T15:00:00.000Z",
    },
    ...{ reachedOutBy: "Jonas Meyer", sameEmail: true, sameName: true, decision: null },
    ...changes,
  };
}
