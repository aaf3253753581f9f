import { readFileSync } from "node:fs";
import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { compress } from "./compress";
import { routeFiles } from "./route-files";

const base = "/app/";
const firstScript = "src/first.js";
const runsWhole = /^(?:index|base|parts|staff-shell|leads-page)$/;
const fonts = /(?:plex-sans|serif-display)-latin-[^-]+\.woff2$/;

/**
 * Loads the script that comes before everything. It must block, so it cannot be a module of the bundle; the content policy allows no inline
 * script; and the server only knows files under `assets/` with a hash in their name. With it the fonts of every page, so that its text is
 * laid out once.
 */
function firstThings(): Plugin {
  return {
    name: "first-things",
    buildStart() {
      if (this.environment.mode !== "build") return;
      this.emitFile({
        type: "asset",
        name: "first.js",
        source: readFileSync(join(import.meta.dirname, firstScript), "utf8"),
      });
    },
    transformIndexHtml(_html, { bundle }) {
      const names = Object.values(bundle ?? {}).map(({ fileName }) => fileName);
      const built = names.find((name) => /\bfirst-[^/]+\.js$/.test(name));
      const asFont = { rel: "preload", as: "font", type: "font/woff2", crossorigin: true };
      return [
        { tag: "script", attrs: { src: `${base}${built ?? firstScript}` }, injectTo: "head-prepend" },
        ...names
          .filter((name) => fonts.test(name))
          .map((name) => ({ tag: "link", attrs: { ...asFont, href: `${base}${name}` } })),
      ];
    },
  };
}

/**
 * Has the browser compile what every page runs while it loads it, beside the main thread, instead of function by function when they are called
 * (https://v8.dev/blog/explicit-compile-hints). Browsers that do not know the comment ignore it.
 */
function compileEarly(): Plugin {
  return {
    name: "compile-early",
    // The comment must stand first, before what Vite itself adds to a script.
    enforce: "post",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === "chunk" && runsWhole.test(chunk.name))
          chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
    },
  };
}

export default defineConfig({
  base,
  plugins: [react(), tailwindcss(), firstThings(), routeFiles(), compileEarly(), compress()],
  build: {
    outDir: "dist",
    // The content policy allows files of our own origin only: nothing may be inlined as a data address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Building a schema has no effect: a page that never checks anything by one does without it.
      treeshake: { manualPureFunctions: ["z", "text"] },
      output: {
        codeSplitting: {
          groups: [
            // What every page needs in one piece, and the many small pieces together: a request of their own costs more than they hold.
            {
              name: "base",
              test: /node_modules[\\/](?:react|react-dom|scheduler|@tanstack[\\/](?:react-router|router-core|history|react-query|query-core|react-store|store)|@trpc|zod)[\\/]/,
            },
            { name: "icons", test: /node_modules[\\/]lucide-react[\\/]/ },
            {
              name: "parts",
              test: /apps[\\/]web[\\/]src[\\/](?:(?:parts|time)[\\/](?!dialog)|shell[\\/](?:use-|shortcuts|shortcut-list)|live[\\/]|bulk[\\/]bulk-words|palette[\\/]recent)/,
            },
          ],
        },
      },
    },
  },
});
