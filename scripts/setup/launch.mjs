import { join } from "node:path";
import { runToEnd } from "./child-process.mjs";
import { memoryFlags } from "./memory-flags.mjs";
import { prepare } from "./prepare.mjs";
import { ownNode, root } from "./project.mjs";
import { SetupError } from "./setup-error.mjs";

// Ctrl-C must end everything within 10 s; whoever sends SIGTERM gives running requests their 25 s.
const patience = { SIGINT: 9_000, SIGHUP: 9_000, SIGTERM: 28_000 };

/**
 * `npm start`, `npm run demo` (`--demo`) and `npm run dev` (`--dev`): prepares, then runs the product until it ends.
 * @param {string[]} args other arguments go to the product
 * @returns {Promise<number>} exit code
 */
export async function launch(args) {
  const isDev = args.includes("--dev");
  const passedOn = args.filter((arg) => arg !== "--dev");
  try {
    await prepare(isDev ? "generate" : "build");
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    return error.exitCode;
  }
  console.log("  … Starting\n");
  const { exitCode } = await runToEnd(ownNode, [...(isDev ? devEntry() : builtEntry()), ...passedOn], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: process.env.NODE_ENV ?? "development",
      ...(isDev && { INTAKE_DEV_SERVER: "1" }),
    },
    // The channel closes when this process dies, however it dies: the product can hear that and stop.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    patience,
  });
  return exitCode;
}

function builtEntry() {
  return [...memoryFlags, join(root, "apps/api/dist/main.js")];
}

// tsx restarts the product when a file it has loaded changes.
function devEntry() {
  return [
    join(root, "node_modules/tsx/dist/cli.mjs"),
    "watch",
    "--clear-screen=false",
    `--tsconfig=${join(root, "tsconfig.base.json")}`,
    join(root, "apps/api/src/main.ts"),
  ];
}
