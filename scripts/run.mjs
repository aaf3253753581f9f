import { prepare } from "./setup/prepare.mjs";
import { SetupError } from "./setup/setup-error.mjs";
import { runTool } from "./setup/tools.mjs";

// node scripts/run.mjs [--needs=install|generate|build] COMMAND …: runs a command of the workspace on its own Node,
// after doing the set-up it needs, so that every script of package.json works on a fresh clone.
const words = process.argv.slice(2);
const goal = /^--needs=(install|generate|build)$/.exec(words[0] ?? "")?.[1];
const [command = "node", ...args] = goal ? words.slice(1) : words;

try {
  await prepare(goal === "install" || goal === "build" ? goal : "generate");
  const { exitCode } = await runTool(command, args);
  process.exitCode = exitCode;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = error.exitCode;
}
