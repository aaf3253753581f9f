import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The address of the dashboard within the site. */
const base = "/app";

/**
 * The dashboard's page for an address, HTML. It names the scripts that the address needs, so that a browser fetches them all at once; an
 * address that nobody knows gets the page alone. Throws when the build is missing.
 */
export function dashboardPages(webDirectory: string, finish: (html: string) => string) {
  const page = finish(readFileSync(join(webDirectory, "index.html"), "utf8"));
  const files: Record<string, string[]> = JSON.parse(readFileSync(join(webDirectory, "routes.json"), "utf8"));
  const routes = Object.entries(files).map(([path, names]) => ({
    pattern: new RegExp(`^${base}${path.replace(/\/\$\w+/g, "/[^/]+")}/?$`),
    html: page.replace("</head>", `${names.map((name) => linkTo(name, page)).join("")}</head>`),
  }));
  return (path: string): string => routes.find(({ pattern }) => pattern.test(path))?.html ?? page;
}

function linkTo(name: string, page: string): string {
  const address = `${base}/${name}`;
  return page.includes(address) ? "" : `<link rel="modulepreload" crossorigin href="${address}">`;
}
