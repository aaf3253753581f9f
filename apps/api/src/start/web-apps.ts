import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readAssets } from "@intake/form/assets";
import { renderFormPage, renderReceiptPage, renderUnavailablePage } from "@intake/form/entry-server";
import type { AppInput } from "../app";
import { staticFiles } from "../pages/static-files";

/** Both web apps as they were built. Throws when a build is missing. */
export async function builtWebApps(appsDirectory: string): Promise<AppInput["webApps"]> {
  const formDirectory = join(appsDirectory, "form", "dist", "client");
  const webDirectory = join(appsDirectory, "web", "dist");
  const assets = readAssets(
    JSON.parse(await readFile(join(formDirectory, ".vite", "manifest.json"), "utf8")),
  );
  return {
    routes: staticFiles({ formDirectory, webDirectory }),
    pages: {
      form: (props) => renderFormPage({ ...props, assets }),
      receipt: (props) => renderReceiptPage({ ...props, assets }),
      unavailable: (props) => renderUnavailablePage({ ...props, assets }),
    },
    hasDevServer: false,
  };
}
