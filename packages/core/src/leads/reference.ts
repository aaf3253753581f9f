import { randomInt } from "node:crypto";

// Crockford's alphabet: no I, L, O, U, so that a reference survives being read out on the phone.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A reference such as `INT-7K4Q-92FD`: 40 random bits; the column is unique, a clash fails the insert. */
export function newReference(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return `INT-${group()}-${group()}`;
}

/** A whole reference as somebody may type it: small letters, without INT, an O for the zero. Null for anything else. */
export function readReference(typed: string): string | null {
  const groups = /^(?:INT-)?([0-9A-Z]{4})-([0-9A-Z]{4})$/i.exec(typed);
  if (!groups) return null;
  const [, first = "", second = ""] = groups;
  const spelt = `${first}-${second}`.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return `INT-${spelt}`;
}
