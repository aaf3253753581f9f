/** E-mail addresses as people type them (detail 4.16). Browser-safe. */
import { z } from "zod";

const maxAddressLength = 254;
const maxLocalLength = 64;

/** The plain-words complaint about an address, or null when mail could be sent to it. */
export function describeAddressProblem(address: string): string | null {
  const at = address.lastIndexOf("@");
  if (address === "") return "Enter your email address, like name@gmail.com.";
  if (at === -1) return "Add the @ sign, like name@gmail.com.";
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (local === "") return "Add the part before the @ sign, like name@gmail.com.";
  if (domain === "") return "Add the part after the @ sign, like name@gmail.com.";
  if (/\s/u.test(address)) return "Remove the space from the address.";
  if (address.length > maxAddressLength || local.length > maxLocalLength) {
    return `Shorten the address: at most ${maxLocalLength} characters before the @ sign and ${maxAddressLength} in all.`;
  }
  if (local.includes("@")) return "Keep only one @ sign, like name@gmail.com.";
  if (!domain.includes(".")) return `Complete the part after the @ sign, like ${domain}.com.`;
  if (!isPlainLocal(local) || !isDomain(domain))
    return "Check the address: it has a character or a dot in a wrong place.";
  return null;
}

function isPlainLocal(local: string): boolean {
  // RFC 5322 atoms plus letters and digits of every script (RFC 6531); no quoted strings, which no provider hands out.
  return /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(local);
}

function isDomain(domain: string): boolean {
  const labels = domain.split(".");
  return (
    labels.every((label) => /^[\p{L}\p{M}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? "")
  );
}

/** An address: NFC, trimmed, without `mailto:`, as typed otherwise. */
export const emailAddress = z
  .string({ error: "Enter your email address, like name@gmail.com." })
  .max(1024, "Shorten the address: at most 254 characters.")
  .transform((value) =>
    value
      .normalize("NFC")
      .trim()
      .replace(/^mailto:/i, ""),
  )
  .superRefine((value, context) => {
    const problem = describeAddressProblem(value);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });

/** The form of an address under which equal addresses meet. */
export function addressKey(address: string): string {
  return address.normalize("NFC").trim().toLowerCase();
}

const commonDomains = [
  "gmail.com",
  "googlemail.com",
  "outlook.com",
  "hotmail.com",
  "yahoo.com",
  "icloud.com",
  "aol.com",
  "proton.me",
];

/** `x@gmial.com` → `x@gmail.com`; null when nothing looks mistyped. A hint only, never a refusal. */
export function suggestAddress(address: string): string | null {
  const at = address.lastIndexOf("@");
  if (at < 1) return null;
  const domain = address.slice(at + 1).toLowerCase();
  if (commonDomains.includes(domain)) return null;
  const near = commonDomains.find((candidate) => isOneSlipApart(domain, candidate));
  return near ? `${address.slice(0, at + 1)}${near}` : null;
}

/** One letter missing, added, changed, or two neighbours swapped. */
function isOneSlipApart(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let index = 0;
  while (index < left.length && left[index] === right[index]) index += 1;
  const restLeft = left.slice(index);
  const restRight = right.slice(index);
  return (
    restLeft.slice(1) === restRight ||
    restLeft === restRight.slice(1) ||
    restLeft.slice(1) === restRight.slice(1) ||
    (restLeft[0] === restRight[1] && restLeft[1] === restRight[0] && restLeft.slice(2) === restRight.slice(2))
  );
}
