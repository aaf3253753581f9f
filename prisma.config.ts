import { join } from "node:path";
import { defineConfig } from "prisma/config";

const root = import.meta.dirname;

// Prisma would download its native schema engine; ours needs no network (docs/decisions). Whoever has the native one keeps it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= join(root, "packages/db/schema-engine/engine.mjs");

export default defineConfig({
  schema: join(root, "prisma/schema.prisma"),
  migrations: { path: join(root, "prisma/migrations"), seed: "tsx prisma/seed.ts" },
  // `generate` connects to nothing but wants an address.
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://set-DATABASE_URL.invalid/intake" },
});
