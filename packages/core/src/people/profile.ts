import { absenceSelect, toDay } from "../assignment/absence";
import { eventInsert } from "../audit/record-event";
import { userSelect } from "../auth/sign-in";
import type { PersonContext } from "../context";
import { forgetOfficeRules } from "../office/read-office-rules";
import type { Profile, UpdateProfile } from "./schema";

const profileSelect = {
  ...{ ...userSelect, ...absenceSelect, appearance: true, passwordHash: true },
  ...{ wantsLeadMail: true, wantsOwnMail: true, wantsDailyDigest: true, takesLeads: true },
} as const;

type ProfileRow = Omit<Profile, "away" | "hasPassword"> & {
  passwordHash: string | null;
  awayFrom: Date | null;
  awayUntil: Date | null;
};

/** The caller's own profile. */
export async function getProfile(ctx: PersonContext): Promise<Profile> {
  const where = { id: ctx.actor.user.id };
  return toProfile(await ctx.db.prisma.user.findUniqueOrThrow({ where, select: profileSelect }));
}

/** Changes what is given of the caller's own profile; role and address are not theirs to change. */
export async function updateProfile(ctx: PersonContext, input: UpdateProfile): Promise<Profile> {
  const { id } = ctx.actor.user;
  const row = await ctx.db.prisma.$transaction(async (tx) => {
    const updated = await tx.user.update({ where: { id }, data: toColumns(input), select: profileSelect });
    const fields = Object.keys(input).sort().join(" ");
    const event = { type: "user.profile_changed", userId: id, data: { fields } };
    await tx.$executeRaw(eventInsert(ctx, event).sql);
    return updated;
  });
  // Whether they take leads may have changed.
  forgetOfficeRules(ctx);
  return toProfile(row);
}

function toColumns({ away, ...input }: UpdateProfile) {
  const { name, timeZone, appearance, wantsLeadMail, wantsOwnMail, wantsDailyDigest, takesLeads } = input;
  return {
    ...(name !== undefined && { name }),
    ...(timeZone !== undefined && { timeZone }),
    ...(appearance !== undefined && { appearance }),
    ...(wantsLeadMail !== undefined && { wantsLeadMail }),
    ...(wantsOwnMail !== undefined && { wantsOwnMail }),
    ...(wantsDailyDigest !== undefined && { wantsDailyDigest }),
    ...(takesLeads !== undefined && { takesLeads }),
    ...(away !== undefined && { awayFrom: toDate(away.from), awayUntil: toDate(away.until) }),
  };
}

function toProfile({ passwordHash, awayFrom, awayUntil, ...profile }: ProfileRow): Profile {
  const away = { from: toDay(awayFrom), until: toDay(awayUntil) };
  return { ...profile, away, hasPassword: passwordHash !== null };
}

function toDate(day: string | null): Date | null {
  return day === null ? null : new Date(day);
}
