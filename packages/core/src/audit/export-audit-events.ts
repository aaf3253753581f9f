import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { Effects, PersonContext } from "../context";
import { csvLine } from "../csv";
import { readReplica } from "../read-replica";
import { listAuditEvents } from "./list-audit-events";
import { recordEvent } from "./record-event";
import type { AuditEntry, AuditFilter } from "./schema";

const pageSize = 1000;
/** The last line of an export; everything before it is what was signed. */
const signatureLine = /^# signature (\d+) ([\w-]+)$/;

/**
 * The events that fit the filter as CSV lines, newest first, read page by page, and at the end one line with their number and an Ed25519
 * signature. The export is an event itself, written before the last line: a file without that line is not whole.
 */
export async function* exportAuditEvents(ctx: PersonContext, filter: AuditFilter): AsyncGenerator<string> {
  const digest = createHash("sha256");
  const seen = (line: string) => {
    digest.update(line);
    return line;
  };
  yield seen(`\uFEFF${columns.join(",")}\r\n`);
  let rows = 0;
  let cursor: string | undefined;
  do {
    const asked = { ...filter, limit: pageSize, cursor };
    const page = await readReplica(ctx, (reader) => listAuditEvents(reader, asked));
    rows += page.items.length;
    yield seen(page.items.map(toLine).join(""));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const { q, ...ids } = filter;
  // The term may be somebody's name: that there was one is all the event keeps.
  await recordEvent(ctx, {
    type: "audit.exported",
    data: { rows, ...defined(ids), hasSearch: q !== undefined },
  });
  const signature = sign(null, digest.digest(), signingKey(ctx)).toString("base64url");
  yield `# signature ${rows} ${signature}\r\n`;
}

/** How many rows a signed export holds, or null when it is not as this installation made it. */
export function verifyExport(ctx: Pick<Effects, "keyring">, content: string): number | null {
  const start = content.lastIndexOf("# signature ");
  const [, rows, signature] = signatureLine.exec(content.slice(Math.max(0, start)).trimEnd()) ?? [];
  if (start < 0 || !rows || !signature) return null;
  const digest = createHash("sha256").update(content.slice(0, start)).digest();
  const isTrue = verify(null, digest, createPublicKey(signingKey(ctx)), Buffer.from(signature, "base64url"));
  return isTrue ? Number(rows) : null;
}

/** The Ed25519 key from the installation's secret (RFC 8410: a fixed header before the 32 bytes). */
function signingKey({ keyring }: Pick<Effects, "keyring">): KeyObject {
  const header = Buffer.from("302e020100300506032b657004220420", "hex");
  const key = Buffer.concat([header, keyring.auditExport.export()]);
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}

const columns = [
  "at",
  "type",
  "actor_type",
  "actor",
  "lead_reference",
  "person",
  "source",
  "data",
  "position",
  "seal",
  "id",
];

function toLine(entry: AuditEntry): string {
  const cells = [
    entry.at,
    entry.type,
    entry.actor.type,
    entry.actor.name,
    entry.lead?.reference,
    entry.person?.name,
    entry.source,
    JSON.stringify(entry.data),
    entry.seal?.position,
    entry.seal?.hash,
    entry.id,
  ];
  return csvLine(cells);
}

function defined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
