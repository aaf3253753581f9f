import type { Office, OpenSpan } from "@intake/core/office/schema";
import { sampleId } from "./sample-data";

const nine: OpenSpan[] = [[540, 1050]];

/** Nine to half past five on working days, five hours to answer, leads assigned by hand. */
export function sampleOffice(changes: Partial<Office> = {}): Office {
  return {
    ...{ week: [[], nine, nine, nine, nine, nine, []], targetMinutes: 300, mode: "MANUAL" },
    ...{ timeZone: "Europe/London", holidays: [{ day: "2026-12-25", name: "Christmas Day" }] },
    takers: [
      { id: sampleId(100), name: "Ana Ruiz" },
      { id: sampleId(101), name: "Jonas Meyer" },
    ],
    ...changes,
  };
}
