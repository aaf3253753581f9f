import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { cacheFolder, root } from "./setup/project.mjs";

/**
 * A Chromium that Playwright can start. `source` says how it was found.
 * @typedef {{ executablePath: string; args: string[]; env: NodeJS.ProcessEnv; source: string }} Browser
 */

// Nothing but the product under test may be asked for anything; and containers rarely allow a sandbox.
const quietArgs = [
  "--no-sandbox",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
];

// Only apps/e2e depends on browsers.
const requireForTests = createRequire(join(root, "apps/e2e/package.json"));

const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Finds a browser for the end-to-end tests: the one named in CHROMIUM_PATH, else one of the machine, else one that
 * Playwright has downloaded, else the headless one inside the npm package @sparticuz/chromium (Linux).
 * @returns {Promise<Browser>}
 * @throws {Error} with advice, when there is none
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return { executablePath: named, args: quietArgs, env: {}, source: "CHROMIUM_PATH" };
  }
  const ofMachine = [...onPath(), ...macApplications].find((path) => existsSync(path));
  if (ofMachine) return { executablePath: ofMachine, args: quietArgs, env: {}, source: "this machine" };

  const downloaded = requireForTests("@playwright/test").chromium.executablePath();
  if (existsSync(downloaded))
    return { executablePath: downloaded, args: quietArgs, env: {}, source: "Playwright" };

  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium found. Install Chromium or Chrome, or name one in CHROMIUM_PATH.");
  }
  return findPackagedBrowser();
}

/**
 * Unpacks the browser with the system libraries it needs, which a bare machine lacks, into our cache folder. Everything goes into a
 * folder of its own first, so that an interrupted start leaves no half of a browser behind.
 * @returns {Promise<Browser>}
 */
async function findPackagedBrowser() {
  const packageFolder = dirname(dirname(requireForTests.resolve("@sparticuz/chromium")));
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  const folder = join(cacheFolder, `chromium-${version}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    await unpackInto(unfinished, packageFolder);
    renameSync(unfinished, folder);
  }
  return {
    executablePath: join(folder, "chromium"),
    args: [...quietArgs, "--no-zygote"],
    env: {
      LD_LIBRARY_PATH: join(folder, "al2023/lib"),
      FONTCONFIG_PATH: existsSync("/etc/fonts") ? "/etc/fonts" : join(folder, "fonts"),
    },
    source: "@sparticuz/chromium",
  };
}

/** @param {string} folder @param {string} packageFolder */
async function unpackInto(folder, packageFolder) {
  const { TMPDIR } = process.env;
  // The package unpacks into the folder for temporary files and cannot be told another.
  process.env.TMPDIR = folder;
  try {
    const { default: packaged, inflate } = requireForTests("@sparticuz/chromium");
    await packaged.executablePath();
    await inflate(join(packageFolder, "bin/al2023.tar.br"));
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}
