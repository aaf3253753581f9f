import type { Context } from "../context";
import { AppError } from "../errors";
import { getOfficeSettings } from "../office/office-settings";
import { judgePassword } from "./policy";
import type { PasswordRules } from "./schema";

/** What a new password of this person is judged by: the office's choices, and the words that would give it away. */
export async function getPasswordRules(
  ctx: Pick<Context, "db" | "settings">,
  person: { email?: string; name?: string } = {},
): Promise<PasswordRules> {
  const { requiresCharacterClasses } = await getOfficeSettings(ctx);
  const about = [ctx.settings.officeName, person.email, person.name].filter((words) => words !== undefined);
  return { about, requiresCharacterClasses };
}

/** Throws UNPROCESSABLE_CONTENT at `path` for a password that is known, easy to guess or against the office's choices. */
export async function checkPassword(
  ctx: Pick<Context, "db" | "settings">,
  input: { password: string; email: string; name: string; path?: string },
): Promise<void> {
  const { problem } = await judgePassword(input.password, await getPasswordRules(ctx, input));
  if (problem === null) return;
  const errors = [{ path: input.path ?? "password", message: problem }];
  throw new AppError("UNPROCESSABLE_CONTENT", problem, { errors });
}
