import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/**/src/**/*.test.{ts,tsx}",
      "apps/{api,web,form}/src/**/*.test.{ts,tsx}",
      "scripts/**/*.test.{ts,mjs}",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    // One PostgreSQL for the run; each test file clones its own database from it.
    globalSetup: ["./packages/db/src/test-server.ts"],
    setupFiles: ["./vitest.setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.{ts,tsx}", "apps/{api,web,form}/src/**/*.{ts,tsx}"],
      exclude: [
        "**/*.test.*",
        "**/generated/**",
        "**/*.d.ts",
        "**/testing.ts",
        "**/test-server.ts",
        "apps/web/src/testing/**",
      ],
      reporter: ["text-summary", "json-summary", "html"],
      thresholds: { lines: 80, "packages/core/src/**/*.ts": { lines: 95 } },
    },
  },
});
