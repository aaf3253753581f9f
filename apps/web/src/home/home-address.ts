import { type AskReport, reportPeriods } from "@intake/core/reports/schema";

/** What the address bar of the home page holds, unchecked. */
export interface HomeAddress {
  days?: string;
}

/** Keeps the period, as text. */
export function pickHomeAddress(raw: Record<string, unknown>): HomeAddress {
  const { days } = raw;
  return ["string", "number"].includes(typeof days) && days !== "" ? { days: String(days) } : {};
}

/** The question for the server; a period we do not have falls back to 30 days and is named. */
export function readHomeAddress({ days }: HomeAddress): { question: AskReport; ignored: string | null } {
  const known = reportPeriods.find((period) => String(period) === days);
  return { question: { days: known ?? 30 }, ignored: days === undefined || known ? null : days };
}
