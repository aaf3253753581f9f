import { uuidv7 } from "uuidv7";
import type { Role, User } from "../auth/schema";
import { userSelect } from "../auth/sign-in";
import type { Effects } from "../context";

/** A person with this role; without `passwordHash` nobody can sign in as them by password. */
export async function createUser(
  ctx: Pick<Effects, "db" | "now">,
  role: Role,
  input: { email?: string; passwordHash?: string } = {},
): Promise<User> {
  return ctx.db.prisma.user.create({
    data: {
      id: uuidv7(),
      email: input.email ?? `${uuidv7()}@calderrowe.example`,
      name: "Ana Sørensen",
      role,
      passwordHash: input.passwordHash ?? null,
      createdAt: ctx.now(),
    },
    select: userSelect,
  });
}
