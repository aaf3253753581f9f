import { Prisma, type Transaction } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { queueSecurityNotice } from "../mail/security-notice";
import { replaceRecoveryCodes } from "./recovery-codes";

interface Change {
  userId: string;
  /** The audit event's type. */
  type: string;
  data?: Record<string, string | number>;
}

/** Makes changes of one person's factors wait for each other, so that each sees what the other has left. */
export async function lockFactors(tx: Transaction, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
}

/**
 * What every change of somebody's factors ends with, in its transaction: `second_factor_at` says whether any is left, the event, the
 * mail to the owner. The first factor brings recovery codes, which are returned; with the last one they go.
 */
export async function settleChange(ctx: StaffContext, tx: Transaction, change: Change): Promise<string[]> {
  const { userId } = change;
  const before = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { secondFactorAt: true, totpConfirmedAt: true, _count: { select: { passkeys: true } } },
  });
  const hasFactor = before.totpConfirmedAt !== null || before._count.passkeys > 0;
  await tx.user.update({
    where: { id: userId },
    data: { secondFactorAt: hasFactor ? (before.secondFactorAt ?? ctx.now()) : null },
    select: { id: true },
  });
  if (!hasFactor) await tx.recoveryCode.deleteMany({ where: { userId } });
  const { type, data = {} } = change;
  await tx.$executeRaw(eventInsert(ctx, { type, userId, data }).sql);
  await queueSecurityNotice(ctx, tx, { userId, notice: "second-factor.changed" });
  const isFirst = hasFactor && before.secondFactorAt === null;
  return isFirst ? replaceRecoveryCodes(ctx, tx, userId) : [];
}

/** Whether the office asks people of this person's role for a second factor. */
export async function isSecondFactorRequired(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ required: boolean }[]>(
    Prisma.sql`SELECT u.role = ANY(o.second_factor_roles) AS required
      FROM users u JOIN office_settings o ON o.id = 1 WHERE u.id = ${userId}::uuid`,
  );
  return rows[0]?.required === true;
}

/** Throws CONFLICT when this is the last factor of somebody whose role must have one. */
export async function assertNotLastNeeded(tx: Transaction, userId: string): Promise<void> {
  const { totpConfirmedAt, _count } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { totpConfirmedAt: true, _count: { select: { passkeys: true } } },
  });
  const factors = _count.passkeys + (totpConfirmedAt === null ? 0 : 1);
  if (factors > 1 || !(await isSecondFactorRequired(tx, userId))) return;
  throw new AppError("CONFLICT", "Your role needs a second factor. Add another one before you remove this.");
}
