import { buffer } from "node:stream/consumers";
import type { Scanner, ScanVerdict } from "../ports/scanner";

/** A scanner on a leash: gives the verdict and the version that the test sets, and remembers what it was shown. */
export function createFakeScanner(name: Scanner["name"]) {
  const scanned: string[] = [];
  const set: { verdict: ScanVerdict; version: string | null } = {
    verdict: name === "none" ? { verdict: "unavailable", reason: "none" } : { verdict: "clean" },
    version: name === "none" ? null : "1.4/1",
  };
  const scanner: Scanner = {
    name,
    async scan(body) {
      scanned.push((await buffer(body)).toString());
      return set.verdict;
    },
    version: async () => set.version,
    state: () => "closed",
  };
  return { ...scanner, scanned, set };
}
