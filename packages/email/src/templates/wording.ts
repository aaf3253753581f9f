import type { LeadMailFacts } from "@intake/core/ports/mail-renderer";
import { inertText, plainAddress, singleLine } from "../inert-text";

// Longer names are cut in the mail only: a page of text in a name must not become a page of text under our sender.
const maxNameCharacters = 60;
const maxSubjectNameCharacters = 80;
const maxFileNameCharacters = 80;

/** A lead's facts as a mail may show them: every string of the prospect's is inert. */
interface WordedFacts {
  officeName: string;
  reference: string;
  firstName: string;
  fullName: string;
  /** The full name, short enough for a subject. */
  subjectName: string;
  email: string;
  fileName: string;
  /** `PDF, 1.8 MB`. */
  file: string;
  /** `9F3A 21C7`, the first 32 bits of the file's SHA-256, as on the thank-you page. */
  fingerprint: string;
  /** `Tuesday 24 November 2026`. */
  day: string;
  /** `09:14, London time (GMT)`. */
  time: string;
}

export function wordFacts(facts: LeadMailFacts): WordedFacts {
  return {
    officeName: singleLine(facts.officeName, 120),
    reference: singleLine(facts.reference, 40),
    firstName: inertText(facts.firstName, maxNameCharacters),
    fullName: inertText(`${facts.firstName} ${facts.lastName}`, maxNameCharacters * 2),
    subjectName: inertText(`${facts.firstName} ${facts.lastName}`, maxSubjectNameCharacters),
    email: plainAddress(facts.email),
    fileName: wordFileName(facts.resume.fileName),
    file: `${facts.resume.format}, ${describeSize(facts.resume.sizeBytes)}`,
    fingerprint: facts.resume.sha256
      .slice(0, 8)
      .toUpperCase()
      .replace(/^(.{4})/, "$1 "),
    day: describeDay(facts.receivedAt, facts.timeZone),
    time: describeTime(facts.receivedAt, facts.timeZone),
  };
}

/** Inert, and long ones cut in the middle so that the beginning and the extension stay readable. */
function wordFileName(fileName: string): string {
  const characters = [...singleLine(fileName, 1024)];
  const tail = 16;
  const isLong = characters.length > maxFileNameCharacters;
  const shown = isLong
    ? `${characters.slice(0, maxFileNameCharacters - tail - 1).join("")}…${characters.slice(-tail).join("")}`
    : characters.join("");
  // Our three extensions are no top-level domains: `CV.pdf` stays as it is.
  const extension = /\.(?:pdf|docx?)$/i.exec(shown)?.[0] ?? "";
  return inertText(shown.slice(0, shown.length - extension.length), maxFileNameCharacters) + extension;
}

/** Bytes as the form and the dashboard write them (a test holds this against core's `formatBytes`, which is not ours to import). */
export function describeSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  const megabytes = bytes / (1024 * 1024);
  return `${Number.isInteger(megabytes) ? megabytes : megabytes.toFixed(1)} MB`;
}

export function describeDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  })
    .format(at)
    .replace(",", "");
}

export function describeTime(at: Date, timeZone: string): string {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(at);
  const place = describePlace(at, timeZone);
  return place.endsWith(")") ? `${clock}, ${place}` : `${clock} ${place}`;
}

/** `London time (GMT)`, or the zone alone where it names no place. */
export function describePlace(at: Date, timeZone: string): string {
  const zone = describeZone(at, timeZone);
  const city =
    timeZone.includes("/") && !timeZone.startsWith("Etc/") ? timeZone.split("/").at(-1) : undefined;
  return city ? `${city.replaceAll("_", " ")} time (${zone})` : zone;
}

function describeZone(at: Date, timeZone: string): string {
  // Only the American locale knows American abbreviations (EST, PDT); the British one knows BST and CET.
  const locale = timeZone.startsWith("America/") ? "en-US" : "en-GB";
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: "numeric",
    timeZoneName: "short",
  }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** The facts of the plain-text part, one a line: readable in any font and on a phone, where columns fall apart. */
export function textRows(rows: readonly (readonly [label: string, value: string])[]): string {
  return rows.map(([label, value]) => `${label}: ${value}`).join("\n");
}

/** A link that writes to exactly this address: all but the @ is encoded (RFC 6068), so `a?cc=b` in it adds no recipient. */
export function mailtoUrl(address: string): string {
  return `mailto:${address.split("@").map(encodeURIComponent).join("@")}`;
}
