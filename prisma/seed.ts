import { join, resolve } from "node:path";
import { createLog } from "../apps/api/src/log";
import { openAdapters } from "../apps/api/src/start/adapters";
import { openDemo } from "../apps/api/src/start/demo";
import { readSettings } from "../apps/api/src/start/settings";

/** `prisma db seed`: the demo office in the database of DATABASE_URL and the storage of DATA_DIR, unless somebody is there already. */
async function seed(): Promise<void> {
  const repository = resolve(import.meta.dirname, "..");
  const settings = readSettings(process.env);
  if (!settings.databaseUrl) throw new Error("Set DATABASE_URL to the database to seed.");
  if (settings.mode === "production") throw new Error("The demo office is not for production.");
  const dataDirectory = resolve(repository, settings.dataDirectory);
  const adapters = await openAdapters({ ...settings, dataDirectory }, createLog("warn"), {
    role: "all",
    app: settings.databaseUrl,
    direct: settings.databaseDirectUrl ?? settings.databaseUrl,
    owner: settings.databaseOwnerUrl ?? settings.databaseDirectUrl ?? settings.databaseUrl,
  });
  try {
    const ctx = {
      ...adapters.effects,
      actor: { type: "system", job: "seed" },
      requestId: null,
      source: null,
    } as const;
    const lines = await openDemo(ctx, { repository, dataDirectory, say: console.log });
    console.log(["", ...lines, `Resumes    ${join(dataDirectory, "storage")}`].join("\n"));
  } finally {
    await adapters.close(3);
  }
}

await seed();
