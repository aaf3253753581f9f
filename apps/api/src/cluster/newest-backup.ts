import type { BackupNote } from "@intake/core/operations/note-backup";
import { z } from "zod";
import type { Cluster } from "./open-cluster";

const backupsSchema = z.object({
  items: z.array(
    z.object({
      spec: z.object({ cluster: z.object({ name: z.string() }) }),
      status: z
        .object({
          phase: z.string().optional(),
          startedAt: z.coerce.date().optional(),
          stoppedAt: z.coerce.date().optional(),
        })
        .optional(),
    }),
  ),
});

/** The newest backup of a database that CloudNativePG has finished. Throws a sentence when there is none yet. */
export async function newestBackup(cluster: Cluster, database: string): Promise<BackupNote> {
  const { items } = backupsSchema.parse((await cluster.ask("GET", "backups")) ?? { items: [] });
  const [newest] = items
    .filter(({ spec, status }) => spec.cluster.name === database && status?.phase === "completed")
    .flatMap(({ status }) => (status?.stoppedAt ? [{ ...status, stoppedAt: status.stoppedAt }] : []))
    .sort((one, other) => other.stoppedAt.getTime() - one.stoppedAt.getTime());
  if (!newest)
    throw new Error(`The cluster knows of no finished backup of ${database}: kubectl get backups tells why.`);
  const { startedAt, stoppedAt } = newest;
  const seconds = startedAt && Math.round((stoppedAt.getTime() - startedAt.getTime()) / 1000);
  return { kind: "FULL", finishedAt: stoppedAt, seconds };
}
