import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { Cluster } from "./open-cluster";

const databaseSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    imageName: z.string().optional(),
    storage: z.unknown(),
    walStorage: z.unknown().optional(),
    resources: z.unknown().optional(),
    // A server that recovers needs at least the connections and workers of the one that wrote the log.
    postgresql: z.object({
      parameters: z.record(z.string(), z.string()).optional(),
      shared_preload_libraries: z.array(z.string()).optional(),
    }),
    backup: z.object({ barmanObjectStore: z.record(z.string(), z.unknown()) }),
  }),
});

/** The name of what is restored for a proof, which alone the job's account may take away again. */
export const proofName = (database: string) => `${database}-proof`;

/**
 * The newest archived state of a database of CloudNativePG, as one instance beside it that archives nothing itself. Throws a sentence
 * for a database without backups in object storage.
 */
export function proofOf(database: unknown) {
  const read = databaseSchema.safeParse(database);
  if (!read.success)
    throw new Error(
      "The database has no barmanObjectStore under spec.backup: there is nothing to restore from.",
    );
  const { metadata, spec } = read.data;
  const { imageName, storage, walStorage, resources, postgresql, backup } = spec;
  const { parameters, shared_preload_libraries } = postgresql;
  return {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    metadata: { name: proofName(metadata.name), labels: { "app.kubernetes.io/part-of": "intake" } },
    spec: {
      ...{ instances: 1, enablePDB: false, imageName, storage, walStorage, resources },
      postgresql: { parameters, shared_preload_libraries },
      bootstrap: { recovery: { source: metadata.name } },
      externalClusters: [
        {
          name: metadata.name,
          barmanObjectStore: { serverName: metadata.name, ...backup.barmanObjectStore },
        },
      ],
    },
  };
}

export interface RestoreInput {
  database: string;
  /** Between two looks, in ms. */
  pauseMs: number;
  /** Until it is given up. */
  mostMinutes: number;
}

const statusSchema = z.object({
  status: z.object({ readyInstances: z.number().optional(), phase: z.string().optional() }).optional(),
});

/**
 * Restores a database beside itself, lets `work` use it and takes it away again, whatever happens; one that an earlier proof has left
 * goes first. Throws a sentence when it does not come up in time.
 */
export async function restoreBeside(
  cluster: Cluster,
  input: RestoreInput,
  work: () => Promise<void>,
): Promise<void> {
  const { database, pauseMs, mostMinutes } = input;
  const path = `clusters/${proofName(database)}`;
  const deadline = Date.now() + mostMinutes * 60_000;
  const wait = async (isSo: () => Promise<boolean>, complaint: string) => {
    while (!(await isSo())) {
      if (Date.now() > deadline) throw new Error(complaint);
      await delay(pauseMs);
    }
  };
  const remove = () => cluster.ask("DELETE", path);
  const proof = proofOf(await cluster.ask("GET", `clusters/${database}`));
  if ((await remove()) !== null)
    await wait(
      async () => (await cluster.ask("GET", path)) === null,
      `${path} of an earlier proof does not go away.`,
    );
  await cluster.ask("POST", "clusters", proof);
  try {
    let phase = "";
    await wait(async () => {
      const { status } = statusSchema.parse((await cluster.ask("GET", path)) ?? {});
      phase = status?.phase ?? "";
      return (status?.readyInstances ?? 0) > 0;
    }, `The database did not come back within ${mostMinutes} minutes (${phase}).`);
    await work();
  } finally {
    await remove();
  }
}
