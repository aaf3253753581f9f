import { eventInsert } from "../audit/record-event";
import { roles } from "../auth/schema";
import type { Context, StaffContext } from "../context";
import type { OfficeSettings, UpdateOfficeSettings } from "./schema";

const settingsSelect = {
  secondFactorRoles: true,
  requiresCharacterClasses: true,
  readOnlySeesResumes: true,
} as const;
const theOneRow = { id: 1 };

/** The office's choices as they stand. */
export function getOfficeSettings(ctx: Pick<Context, "db">): Promise<OfficeSettings> {
  return ctx.db.prisma.officeSettings.findUniqueOrThrow({ where: theOneRow, select: settingsSelect });
}

/** Changes what is given and leaves the rest; it holds from the next call on, on every instance. */
export function updateOfficeSettings(
  ctx: StaffContext,
  input: UpdateOfficeSettings,
): Promise<OfficeSettings> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const { secondFactorRoles, requiresCharacterClasses, readOnlySeesResumes } = input;
    const after = await tx.officeSettings.update({
      where: theOneRow,
      data: {
        ...(secondFactorRoles && {
          secondFactorRoles: roles.filter((role) => secondFactorRoles.includes(role)),
        }),
        ...(requiresCharacterClasses !== undefined && { requiresCharacterClasses }),
        ...(readOnlySeesResumes !== undefined && { readOnlySeesResumes }),
        updatedAt: ctx.now(),
      },
      select: settingsSelect,
    });
    const data = {
      secondFactorRoles: after.secondFactorRoles.join(" "),
      requiresCharacterClasses: after.requiresCharacterClasses,
      readOnlySeesResumes: after.readOnlySeesResumes,
    };
    await tx.$executeRaw(eventInsert(ctx, { type: "settings.changed", data }).sql);
    return after;
  });
}
