import type { Readable } from "node:stream";

/** Exact answers only; anything else the driver must report as `unavailable` (security rule 7). */
export type ScanVerdict =
  | { verdict: "clean" }
  | { verdict: "infected"; signature: string }
  | { verdict: "unscannable"; reason: string }
  | { verdict: "unavailable"; reason: string };

/** `none` is a driver of its own: files then stay `UNSCANNED`. */
export interface Scanner {
  readonly name: "none" | "clamav";
  scan(body: Readable): Promise<ScanVerdict>;
}
