import { join } from "node:path";
import { build } from "vite";

/** The product's own build with one module exchanged. Resolves to its entry. */
export async function buildWithout(
  repository: string,
  { module, standIn, folder }: { module: string; standIn: string; folder: string },
): Promise<string> {
  const root = join(repository, "apps/api");
  await build({
    ...{ root, configFile: join(root, "vite.config.ts"), logLevel: "error" },
    resolve: {
      alias: [{ find: new RegExp(`^${module}$`), replacement: join(import.meta.dirname, standIn) }],
    },
    build: { outDir: folder },
  });
  return join(root, folder, "main.js");
}
