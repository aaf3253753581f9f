/** What an operator runs beside a running installation, by the names of the root's npm scripts; here for an image, which has no npm. */
const commands = {
  "audit:verify": () => import("../commands/verify-audit"),
  "backup:note": () => import("../commands/note-backup"),
  "keys:rotate": () => import("../commands/rotate-keys"),
  "restore:prove": () => import("../commands/prove-restore"),
  "setup:link": () => import("../commands/setup-link"),
  "storage:check": () => import("../commands/check-storage"),
};

export const commandNames = Object.keys(commands) as (keyof typeof commands)[];

/** Hands this process over to the command that the first word names; false when it names none. */
export async function runOperatorCommand(): Promise<boolean> {
  const name = commandNames.find((each) => each === process.argv[2]);
  if (!name) return false;
  // A command runs as soon as it is loaded and reads its own words.
  process.argv.splice(2, 1);
  await commands[name]();
  return true;
}
