import type { Readable } from "node:stream";

/**
 * Exact answers only; anything else the driver must report as `unavailable` (security rule 7): the file then keeps its state and is
 * tried again. Reasons are safe to store and show.
 */
export type ScanVerdict =
  | { verdict: "clean" }
  | { verdict: "infected"; reason: string }
  /** Looked at, but not all of it could be judged; the reason goes on after “It”: `is encrypted`. */
  | { verdict: "unscannable"; reason: string }
  | { verdict: "unavailable"; reason: string };

/** `none` is a driver of its own: files then stay `UNSCANNED`. */
export interface Scanner {
  readonly name: "none" | "clamav";
  /** Never throws and always ends within the driver's deadline; `body` is read to its end or destroyed. */
  scan(body: Readable): Promise<ScanVerdict>;
  /** Names engine and signatures, so that files are looked at again when these change; null when the scanner does not answer. */
  version(): Promise<string | null>;
  /** `open`: it failed several times in a row and is left alone for a while. */
  state(): "closed" | "open";
}
