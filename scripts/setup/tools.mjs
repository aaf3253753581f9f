import { execFile } from "node:child_process";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { runToEnd } from "./child-process.mjs";
import { root } from "./project.mjs";
import { SetupError } from "./setup-error.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

// Their calls home would only delay a machine without a network.
const quietTools = {
  CHECKPOINT_DISABLE: "1",
  DO_NOT_TRACK: "1",
  NO_UPDATE_NOTIFIER: "1",
  TURBO_TELEMETRY_DISABLED: "1",
};

/**
 * Runs a tool of the workspace, or the pinned package manager itself. Both Node 24 and the package manager, which turbo calls,
 * come first on its PATH.
 * @param {string} command name of a tool of the root, or a path from the root
 * @param {string[]} args
 * @param {Omit<import("./child-process.mjs").ChildOptions, "cwd" | "wholeGroup">} [options] `env` is added to ours
 */
export async function runTool(command, args, options = {}) {
  const ownTools = join(root, "node_modules/.bin");
  const packageManager = await findPackageManager();
  const folders =
    command === "pnpm" ? [dirname(packageManager), ownTools] : [ownTools, dirname(packageManager)];
  const PATH = [...folders, process.env.PATH].filter(Boolean).join(delimiter);
  const env = { ...process.env, ...quietTools, ...options.env, PATH };
  const file = command === "pnpm" ? packageManager : join(command.includes("/") ? root : ownTools, command);
  return runToEnd(file, args, { ...options, env, cwd: root, wholeGroup: true });
}

/** Path of the package manager that package.json pins; npx brings it, and its own cache keeps it. */
async function findPackageManager() {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const pin = String(packageManager).split("+")[0] ?? "";
  const known = readStamp().packageManager;
  if (known?.pin === pin && isExecutable(known.path)) return known.path;
  const path = await askNpx(pin);
  writeStamp({ ...readStamp(), packageManager: { pin, path } });
  return path;
}

/** @param {string} pin */
async function askNpx(pin) {
  const args = ["--yes", `--package=${pin}`, "--call=command -v pnpm"];
  const env = { ...process.env, npm_config_progress: "false", npm_config_update_notifier: "false" };
  try {
    const { stdout } = await promisify(execFile)("npx", args, { env, cwd: root });
    return stdout.trim().split("\n").at(-1) ?? "";
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : String(error);
    throw new SetupError(`Could not get ${pin} from the npm registry. Is the network there?\n\n${reason}`, 1);
  }
}

/**
 * Whether a file is there, is not empty and may be run.
 * @param {string} file
 */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).size > 0;
  } catch {
    return false;
  }
}
