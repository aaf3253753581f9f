import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [react()],
  build: {
    outDir: "dist/client",
    manifest: !isSsrBuild,
    // The content security policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    target: isSsrBuild ? "node24" : "es2022",
    modulePreload: { polyfill: false },
    rolldownOptions: isSsrBuild
      ? {}
      : {
          input: "src/entry-client.tsx",
          // Building a schema has no effect: files of core may be used for their plain functions without the schema library.
          treeshake: { manualPureFunctions: ["z", "text"] },
        },
  },
  // One self-contained server file: the host needs no React of its own, and always runs React's production build.
  ssr: command === "build" ? { noExternal: true } : {},
  define: isSsrBuild ? { "process.env.NODE_ENV": '"production"' } : {},
}));
