import Bowser from "bowser";

const browsers = [
  "Chrome",
  "Safari",
  "Firefox",
  "Microsoft Edge",
  "Samsung Internet for Android",
  "Opera",
] as const;
const systems = ["Android", "iOS", "Windows", "macOS", "Linux", "Chrome OS"] as const;

/**
 * `Safari on iOS` from a User-Agent: one of a few dozen labels, `other` for everything else, so that nobody can fill the table with
 * inventions.
 */
export function browserLabel(userAgent: string | null | undefined): string {
  if (!userAgent) return "other";
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500));
  const name = browsers.find((known) => known === browser.name);
  const system = systems.find((known) => known === os.name);
  if (!name || !system) return "other";
  return `${name.replace(" for Android", "").replace("Microsoft ", "")} on ${system}`;
}

const mebibyte = 1024 ** 2;
const largest = 2 ** 31 - 1;
const bands = [
  mebibyte / 4,
  mebibyte,
  2 * mebibyte,
  5 * mebibyte,
  10 * mebibyte,
  25 * mebibyte,
  100 * mebibyte,
];

/** The largest size of the band a file belongs to, in bytes; 0 when its size is not known, 2^31 - 1 above 100 MiB. */
export function sizeBand(sizeBytes: number | undefined): number {
  if (sizeBytes === undefined) return 0;
  return bands.find((band) => sizeBytes <= band) ?? largest;
}
