import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readAssets } from "@intake/form/assets";
import { renderFormPage, renderReceiptPage, renderUnavailablePage } from "@intake/form/entry-server";
import type { AppInput } from "../app";
import { dashboardPages } from "../pages/dashboard-page";
import { addStagingBanner } from "../pages/staging-banner";
import { staticFiles } from "../pages/static-files";

interface WebAppsInput {
  appsDirectory: string;
  isStaging: boolean;
}

/** Both web apps as they were built. Throws when a build is missing. */
export async function builtWebApps({ appsDirectory, isStaging }: WebAppsInput): Promise<AppInput["webApps"]> {
  const formDirectory = join(appsDirectory, "form", "dist", "client");
  const webDirectory = join(appsDirectory, "web", "dist");
  const assets = readAssets(
    JSON.parse(await readFile(join(formDirectory, ".vite", "manifest.json"), "utf8")),
  );
  const finish = isStaging ? addStagingBanner : (html: string) => html;
  const dashboard = dashboardPages(webDirectory, finish);
  return {
    routes: staticFiles({ formDirectory, webDirectory, dashboard }),
    pages: {
      form: (props) => finish(renderFormPage({ ...props, assets })),
      receipt: (props) => finish(renderReceiptPage({ ...props, assets })),
      unavailable: (props) => finish(renderUnavailablePage({ ...props, assets })),
    },
    hasDevServer: false,
  };
}
