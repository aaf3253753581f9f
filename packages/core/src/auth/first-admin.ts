import type { Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import { addressKey } from "../email-address";
import { AppError } from "../errors";
import { hashToken, randomToken } from "../keyring";
import { checkPassword } from "../passwords/check-password";
import { hashPassword } from "./passwords";
import type { FirstAdmin, User } from "./schema";
import { type IssuedTokens, startSession } from "./sign-in";

/** Hours a set-up link lives; every start without an admin prints a new one. */
const setupHours = 72;

export async function hasAnyUser(ctx: Pick<Context, "db">): Promise<boolean> {
  return (await ctx.db.prisma.user.findFirst({ select: { id: true } })) !== null;
}

/** A new one-time token for creating the first admin; earlier ones stop working. There is no default password (detail 4.65). */
export async function issueSetupToken(ctx: Pick<Context, "db" | "now">): Promise<string> {
  const token = randomToken();
  const at = ctx.now();
  await ctx.db.prisma.$transaction([
    ctx.db.prisma.oneTimeToken.deleteMany({ where: { purpose: "FIRST_ADMIN" } }),
    ctx.db.prisma.oneTimeToken.create({
      data: {
        id: uuidv7(),
        purpose: "FIRST_ADMIN",
        tokenHash: hashToken(token),
        expiresAt: new Date(at.getTime() + setupHours * 60 * 60 * 1000),
        createdAt: at,
      },
    }),
  ]);
  return token;
}

/** Whether a set-up link can still be used; asking changes nothing (detail 4.62). */
export async function isSetupTokenValid(ctx: Context, token: string): Promise<boolean> {
  return (await isSetupTokenAlive(ctx, token)) && !(await hasAnyUser(ctx));
}

async function isSetupTokenAlive(ctx: Context, token: string): Promise<boolean> {
  const row = await ctx.db.prisma.oneTimeToken.findFirst({
    where: {
      tokenHash: hashToken(token),
      purpose: "FIRST_ADMIN",
      usedAt: null,
      expiresAt: { gt: ctx.now() },
    },
    select: { id: true },
  });
  return row !== null;
}

function deadLink(): AppError {
  return new AppError(
    "NOT_FOUND",
    "This link has been used or is too old. Start Intake again to get a new one.",
  );
}

/** Spends the set-up link and signs the new admin in. Throws NOT_FOUND for a used or expired link, CONFLICT when an admin exists. */
export async function createFirstAdmin(ctx: Context, input: FirstAdmin): Promise<IssuedTokens> {
  if (!(await isSetupTokenAlive(ctx, input.token))) throw deadLink();
  await checkPassword(ctx, input);
  const passwordHash = await hashPassword(input.password);
  const user = await ctx.db.prisma.$transaction(async (tx) => {
    const spent = await tx.oneTimeToken.updateMany({
      where: {
        tokenHash: hashToken(input.token),
        purpose: "FIRST_ADMIN",
        usedAt: null,
        expiresAt: { gt: ctx.now() },
      },
      data: { usedAt: ctx.now() },
    });
    if (spent.count === 0) throw deadLink();
    return insertAdmin(ctx, tx, { ...input, passwordHash });
  });
  return startSession(ctx, user);
}

/** Creates the first admin from the environment, unless anybody exists already. Returns whether it did. */
export async function ensureFirstAdmin(
  ctx: Context,
  input: { email: string; password: string },
): Promise<boolean> {
  if (await hasAnyUser(ctx)) return false;
  await checkPassword(ctx, { ...input, name: "Admin" });
  const passwordHash = await hashPassword(input.password);
  try {
    await ctx.db.prisma.$transaction((tx) =>
      insertAdmin(ctx, tx, { email: input.email, name: "Admin", passwordHash }),
    );
  } catch (error) {
    // Another instance of the same first start was faster.
    if (error instanceof AppError && error.code === "CONFLICT") return false;
    throw error;
  }
  return true;
}

async function insertAdmin(
  ctx: Context,
  tx: Transaction,
  input: { email: string; name: string; passwordHash: string },
): Promise<User> {
  // Two set-ups at once must not make two first admins.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('intake first admin'))`;
  if (await tx.user.findFirst({ select: { id: true } })) {
    throw new AppError("CONFLICT", "The first admin exists already. Sign in instead.");
  }
  const user = await tx.user.create({
    data: {
      id: uuidv7(),
      email: addressKey(input.email),
      name: input.name,
      role: "ADMIN",
      passwordHash: input.passwordHash,
      timeZone: ctx.settings.officeTimeZone,
      createdAt: ctx.now(),
    },
    select: { id: true, email: true, name: true, role: true, timeZone: true },
  });
  await tx.$executeRaw(
    eventInsert(ctx, { type: "user.created", data: { userId: user.id, role: "ADMIN" } }).sql,
  );
  return user;
}
