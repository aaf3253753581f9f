import { readFileSync } from "node:fs";
import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const base = "/app/";
const themeScript = "src/theme-first.js";

/**
 * Loads the theme script before anything is painted. It must block, so it cannot be a module of the bundle; the content
 * policy allows no inline script; and the server only knows files under `assets/` with a hash in their name.
 */
function themeFirst(): Plugin {
  return {
    name: "theme-first",
    buildStart() {
      if (this.environment.mode !== "build") return;
      this.emitFile({
        type: "asset",
        name: "theme-first.js",
        source: readFileSync(join(import.meta.dirname, themeScript), "utf8"),
      });
    },
    transformIndexHtml(_html, { bundle }) {
      const built = Object.values(bundle ?? {}).find((file) => file.fileName.includes("theme-first"));
      return [
        {
          tag: "script",
          attrs: { src: `${base}${built?.fileName ?? themeScript}` },
          injectTo: "head-prepend",
        },
      ];
    },
  };
}

export default defineConfig({
  base,
  plugins: [react(), tailwindcss(), themeFirst()],
  build: {
    outDir: "dist",
    // The content policy allows files of our own origin only: nothing may be inlined as a data address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
