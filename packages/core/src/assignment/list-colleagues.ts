import type { StaffContext } from "../context";
import { canBeAssigned, isAway } from "./policy";
import type { ActiveColleague } from "./schema";

/** Everybody of the office with an active account, by name: whom leads can be assigned to and notes can name. */
export async function listColleagues(
  ctx: Pick<StaffContext, "db" | "now" | "actor">,
): Promise<ActiveColleague[]> {
  const people = await ctx.db.prisma.user.findMany({
    where: { disabledAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, role: true, timeZone: true, awayFrom: true, awayUntil: true },
  });
  return people.map(({ timeZone, awayFrom, awayUntil, ...person }) => {
    const until = toDay(awayUntil);
    const isGone = isAway({ timeZone, awayFrom: toDay(awayFrom), awayUntil: until }, ctx.now());
    return {
      ...person,
      isYou: person.id === ctx.actor.user.id,
      takesPart: canBeAssigned(person.role),
      awayUntil: isGone ? (until ?? "open") : null,
    };
  });
}

/** A date column comes as midnight UTC of its day. */
function toDay(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null;
}
