import { join } from "node:path";
import type { AppInput } from "../app";
import { readBuiltAssets } from "../pages/public-pages";
import { staticFiles } from "../pages/static-files";

/** Both web apps as they were built. Throws when a build is missing. */
export async function builtWebApps(appsDirectory: string): Promise<AppInput["webApps"]> {
  const formDirectory = join(appsDirectory, "form", "dist", "client");
  const webDirectory = join(appsDirectory, "web", "dist");
  const assets = await readBuiltAssets(formDirectory);
  return { routes: staticFiles({ formDirectory, webDirectory }), readPageAssets: () => assets, hasDevServer: false };
}
