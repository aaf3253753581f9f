import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { addressKey } from "../email-address";
import { AppError } from "../errors";
import type { NotifyAddress } from "./schema";

/** Lets an address hear of new leads without an account. Throws CONFLICT at `email` when it does already. */
export async function addNotifyAddress(ctx: StaffContext, input: { email: string }): Promise<NotifyAddress> {
  const address = { id: uuidv7(), email: addressKey(input.email) };
  await ctx.db.prisma.$transaction(async (tx) => {
    const added = await tx.notifyAddress.createMany({
      data: { ...address, createdAt: ctx.now() },
      skipDuplicates: true,
    });
    if (added.count === 0) {
      const message = "This address hears of new leads already.";
      throw new AppError("CONFLICT", message, { errors: [{ path: "email", message }] });
    }
    const event = { type: "notify_address.added", data: { addressId: address.id } };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
  });
  return address;
}

/** Stops the mails to an address. Throws NOT_FOUND. */
export async function removeNotifyAddress(ctx: StaffContext, { id }: { id: string }): Promise<void> {
  await ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.notifyAddress.deleteMany({ where: { id } });
    if (count === 0) throw new AppError("NOT_FOUND", "This address has been removed already.");
    await tx.$executeRaw(eventInsert(ctx, { type: "notify_address.removed", data: { addressId: id } }).sql);
  });
}
