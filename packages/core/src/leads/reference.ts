import { randomInt } from "node:crypto";

// Crockford's alphabet: no I, L, O, U, so that a reference survives being read out on the phone.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A reference such as `INT-7K4Q-92FD`: 40 random bits; the column is unique, a clash fails the insert. */
export function newReference(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return `INT-${group()}-${group()}`;
}
