import type { MailContext } from "./deliver-mail";
import { findTeamAddresses } from "./mail-inserts";

/** Who reads a mail to the team. */
export interface Reader {
  /** Null at an address without an account. */
  id: string | null;
  timeZone: string;
}

/** Who reads mails to this address now; null when that was a colleague who left. */
export async function findReader(
  ctx: Pick<MailContext, "db" | "settings">,
  address: string,
): Promise<Reader | null> {
  const person = await ctx.db.prisma.user.findUnique({
    where: { email: address },
    select: { id: true, timeZone: true, disabledAt: true },
  });
  if (person?.disabledAt === null) return { id: person.id, timeZone: person.timeZone };
  const isTeam = person === null || (await findTeamAddresses(ctx)).includes(address);
  return isTeam ? { id: null, timeZone: ctx.settings.officeTimeZone } : null;
}
