import { randomInt } from "node:crypto";
import type { Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import type { Context } from "../context";
import { hashToken, macOf } from "../keyring";
import { recoveryCodeCharacters } from "./schema";

const codesPerPerson = 10;
/** Crockford's alphabet: no letter that looks like a digit. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

type CodeContext = Pick<Context, "keyring" | "now">;

/** Keyed, because fifty bits alone could be searched by whoever holds a copy of the table. */
function hashOf(ctx: CodeContext, userId: string, code: string): string {
  const plain = code.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");
  return hashToken(macOf(ctx.keyring.sealing, `recovery code ${userId} ${plain}`));
}

function createCode(): string {
  const characters = Array.from(
    { length: recoveryCodeCharacters },
    () => alphabet[randomInt(alphabet.length)],
  ).join("");
  return `${characters.slice(0, 5)}-${characters.slice(5)}`;
}

/** Ten new codes in place of whatever there was. Only their hashes stay. */
export async function replaceRecoveryCodes(
  ctx: CodeContext,
  tx: Transaction,
  userId: string,
): Promise<string[]> {
  const codes = Array.from({ length: codesPerPerson }, createCode);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({
      id: uuidv7(),
      userId,
      codeHash: hashOf(ctx, userId, code),
      createdAt: ctx.now(),
    })),
  });
  return codes;
}

/** Spends a recovery code: true once. Case, spaces and the hyphen do not matter. */
export async function spendRecoveryCode(
  ctx: CodeContext,
  tx: Transaction,
  input: { userId: string; code: string },
): Promise<boolean> {
  const spent = await tx.recoveryCode.updateMany({
    where: { userId: input.userId, codeHash: hashOf(ctx, input.userId, input.code), usedAt: null },
    data: { usedAt: ctx.now() },
  });
  return spent.count === 1;
}
