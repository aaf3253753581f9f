import type { Transaction } from "@intake/db/database";
import { AppError } from "../errors";

/**
 * Throws CONFLICT unless another active admin remains without this person. Takes a lock until the transaction ends: of two requests that
 * would remove the last two admins, the second waits and is refused (detail 4.61).
 */
export async function keepAnAdmin(tx: Transaction, { without }: { without: string }): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('intake admins'))`;
  const other = await tx.user.findFirst({
    where: { role: "ADMIN", disabledAt: null, id: { not: without } },
    select: { id: true },
  });
  if (!other) throw new AppError("CONFLICT", "This is the last admin. Make somebody else an admin first.");
}
