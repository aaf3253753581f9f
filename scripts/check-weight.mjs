import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup/project.mjs";
import { weighRoutes } from "./weight/weigh-routes.mjs";

// The JavaScript that each route of the built dashboard sends, packed as the server packs it. No clock is involved, so it can be a gate.
const dist = join(root, "apps/web/dist");
const limit = 250 * 1024;

const routes = weighRoutes(JSON.parse(readFileSync(join(dist, "routes.json"), "utf8")), {
  limit,
  sizeOf: (file) => statSync(join(dist, `${file}.br`)).size,
});
for (const { path, files, bytes, isTooHeavy } of routes) {
  const size = `${(bytes / 1024).toFixed(1)} KB`.padStart(9);
  console.log(`${isTooHeavy ? "✗" : "✓"} ${path.padEnd(22)} ${size} in ${files} files`);
}
if (routes.some(({ isTooHeavy }) => isTooHeavy)) {
  console.error(
    `\nA route may send ${limit / 1024} KB. What a page does not show at once belongs behind \`lazy(() => import(…))\`.`,
  );
  process.exitCode = 1;
}
