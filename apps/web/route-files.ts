import { resolve } from "node:path";
import type { Plugin, Rolldown } from "vite";
import { routeModules } from "./route-modules";

/**
 * Writes `routes.json` beside the page: the scripts of each route, beginning with the app's own. Throws when a route names a module that
 * does not exist.
 */
export function routeFiles(): Plugin {
  return {
    name: "route-files",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const entry = chunks.find((chunk) => chunk.isEntry);
      if (!entry) this.error("There is no entry.");
      const files = Object.entries(routeModules).map(([path, modules]) => {
        const own = modules.map((module) => {
          const id = resolve(import.meta.dirname, module);
          const chunk = chunks.find(({ moduleIds }) => moduleIds.includes(id));
          return chunk ?? this.error(`${path} names ${module}, which is not built.`);
        });
        return [path, withImports([entry, ...own], bundle)];
      });
      const source = `${JSON.stringify(Object.fromEntries(files), null, 2)}\n`;
      this.emitFile({ type: "asset", fileName: "routes.json", source });
    },
  };
}

/** The names of these chunks and of all that they import, each once. */
function withImports(chunks: Rolldown.OutputChunk[], bundle: Rolldown.OutputBundle): string[] {
  const names = new Set<string>();
  const add = (name: string) => {
    const file = bundle[name];
    if (names.has(name) || file?.type !== "chunk") return;
    names.add(name);
    for (const imported of file.imports) add(imported);
  };
  for (const chunk of chunks) add(chunk.fileName);
  return [...names];
}
