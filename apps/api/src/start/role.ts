import { commandNames } from "./operator-commands";
import { SettingsError } from "./settings";

const roles = ["api", "worker", "migrate"] as const;

/** What this process does: serve, work through jobs, bring the database up to date and end, or all of it. */
export type Role = (typeof roles)[number] | "all";

/** The role that the first word of the command line names; all of them without one. Throws SettingsError. */
export function readRole(words: string[]): Role {
  const [word] = words.filter((each) => each !== "--demo");
  if (word === undefined) return "all";
  const role = roles.find((each) => each === word);
  if (role) return role;
  throw new SettingsError([
    `${word} is no role (${roles.join(", ")}; none of them means all in one process) and no command (${commandNames.join(", ")})`,
  ]);
}
