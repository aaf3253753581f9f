import type { StaffContext } from "../context";
import { absenceSelect, awayUntilOf } from "./absence";
import { canBeAssigned } from "./policy";
import type { ActiveColleague } from "./schema";

/** Everybody of the office with an active account, by name: whom leads can be assigned to and notes can name. */
export async function listColleagues(
  ctx: Pick<StaffContext, "db" | "now" | "actor">,
): Promise<ActiveColleague[]> {
  const people = await ctx.db.prisma.user.findMany({
    where: { disabledAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, role: true, ...absenceSelect },
  });
  return people.map(({ timeZone, awayFrom, awayUntil, ...person }) => ({
    ...person,
    isYou: person.id === ctx.actor.user.id,
    takesPart: canBeAssigned(person.role),
    awayUntil: awayUntilOf({ timeZone, awayFrom, awayUntil }, ctx.now()),
  }));
}
