import { type Database, Prisma } from "@intake/db/database";
import { writtenUpTo } from "@intake/db/replicas";
import type { Live, LiveChange } from "../ports/live";
import type { Log } from "../ports/log";
import { queryRows } from "../sql";
import { type ChangeKind, type LiveNews, liveNewsSchema } from "./schema";

/** The channel on which all instances of one database hear each other. */
export const liveChannel = "intake_live";

/** Changes are gathered this long, in milliseconds: one NOTIFY per instance however many leads arrive. */
const gatherMilliseconds = 100;
/** Postgres takes payloads of less than 8,000 bytes. */
const maxPayloadBytes = 7_900;

interface LiveOptions {
  db: Pick<Database, "pool">;
  log: Pick<Log, "warn">;
}

export interface LiveHub extends Live {
  /** Takes what came over the channel. */
  receive(payload: string): void;
  /** Messages may have been missed: everybody asks anew. */
  missed(): Promise<void>;
  /** Everybody who follows lets go; what is told is still told. */
  letGo(): void;
  /** Sends what has been gathered and tells nothing more. */
  stop(): Promise<void>;
}

/**
 * Joins the screens of this process with those of all others. A NOTIFY inside the transaction of a change would make commits wait for
 * each other (docs/decisions/0004), so it is sent afterwards, on its own.
 */
export function createLive({ db, log }: LiveOptions): LiveHub {
  const stopping = new AbortController();
  const listeners = new Set<(news: LiveNews) => void>();
  let gathered = new Map<string, Set<ChangeKind>>();
  let isMany = false;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();

  function tell(change: LiveChange): void {
    if (change.kind === "many") isMany = true;
    else gathered.set(change.leadId, (gathered.get(change.leadId) ?? new Set()).add(change.kind));
    timer ??= setTimeout(flush, gatherMilliseconds);
  }

  function flush(): void {
    timer = undefined;
    const unclosed = toPayload(gathered, isMany).slice(0, -1);
    gathered = new Map();
    isMany = false;
    const upTo = Prisma.raw(`(${writtenUpTo})::bigint`);
    const notify = Prisma.sql`SELECT pg_notify(${liveChannel}, concat(${unclosed}::text, ',"upTo":', ${upTo}, '}'))`;
    sending = queryRows(db, notify).then(
      () => undefined,
      (error: unknown) => log.warn({ error }, "live updates could not be told"),
    );
  }

  function hand(news: LiveNews): void {
    for (const listener of listeners) listener(news);
  }

  return {
    tell,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive(payload) {
      const news = readPayload(payload);
      if (news) hand(news);
      else log.warn({}, "a live update is not readable");
    },
    async missed() {
      const upTo = await findWrittenUpTo(db).catch(() => undefined);
      hand({ changes: [], isMany: true, ...(upTo !== undefined && { upTo }) });
    },
    stopping: stopping.signal,
    letGo: () => stopping.abort(),
    async stop() {
      clearTimeout(timer);
      if (timer) flush();
      await sending;
    },
  };
}

/** The byte of the log up to which everything is written that is committed now. */
export async function findWrittenUpTo(db: Pick<Database, "pool">): Promise<number | undefined> {
  const [row] = await queryRows<{ position: number }>(
    db,
    Prisma.sql`SELECT ${Prisma.raw(writtenUpTo)} AS position`,
  );
  return row?.position;
}

function toPayload(gathered: Map<string, Set<ChangeKind>>, isMany: boolean): string {
  const changes = [...gathered].map(([leadId, kinds]) => ({ leadId, kinds: [...kinds] }));
  const payload = JSON.stringify({ changes, isMany } satisfies LiveNews);
  if (payload.length <= maxPayloadBytes) return payload;
  return JSON.stringify({ changes: [], isMany: true } satisfies LiveNews);
}

/** Null for anything that none of ours has sent: whoever may log in to the database may also NOTIFY. */
function readPayload(payload: string): LiveNews | null {
  try {
    return liveNewsSchema.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
