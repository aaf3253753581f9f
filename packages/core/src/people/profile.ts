import { eventInsert } from "../audit/record-event";
import { userSelect } from "../auth/sign-in";
import type { PersonContext } from "../context";
import type { Profile, UpdateProfile } from "./schema";

const profileSelect = { ...userSelect, appearance: true, wantsLeadMail: true, passwordHash: true } as const;

/** The caller's own profile. */
export async function getProfile(ctx: PersonContext): Promise<Profile> {
  const { passwordHash, ...profile } = await ctx.db.prisma.user.findUniqueOrThrow({
    where: { id: ctx.actor.user.id },
    select: profileSelect,
  });
  return { ...profile, hasPassword: passwordHash !== null };
}

/** Changes what is given of the caller's own profile; role and address are not theirs to change. */
export async function updateProfile(ctx: PersonContext, input: UpdateProfile): Promise<Profile> {
  const { id } = ctx.actor.user;
  const { name, timeZone, appearance, wantsLeadMail } = input;
  return ctx.db.prisma.$transaction(async (tx) => {
    const { passwordHash, ...profile } = await tx.user.update({
      where: { id },
      data: {
        ...(name !== undefined && { name }),
        ...(timeZone !== undefined && { timeZone }),
        ...(appearance !== undefined && { appearance }),
        ...(wantsLeadMail !== undefined && { wantsLeadMail }),
      },
      select: profileSelect,
    });
    const fields = Object.keys(input).sort().join(" ");
    const event = { type: "user.profile_changed", userId: id, data: { fields } };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
    return { ...profile, hasPassword: passwordHash !== null };
  });
}
