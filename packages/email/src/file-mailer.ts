import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Mailer, OutgoingMail } from "@intake/core/ports/mailer";
import { assertMailId, describeEnvelopeProblem } from "./envelope";

/** A mail in the dev mailbox, in the shape of `/dev/mailbox.json`. */
export interface MailboxEntry {
  id: string;
  to: string;
  from: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  /** ISO 8601, UTC. */
  sentAt: string;
  tag: string;
}

interface FileMailerOptions {
  directory: string;
  now?: () => Date;
}

// Longer than any write takes: an older temporary file belongs to a process that died.
const leftoverAgeMs = 60_000;

/**
 * The dev mailbox: each mail is one JSON file named by its outbox id, so the same mail is never there twice, across restarts and
 * processes. A mail counts as sent once it is on disk (temporary file, fsync, rename, fsync of the folder).
 */
export function createFileMailer({ directory, now = () => new Date() }: FileMailerOptions): Mailer & {
  list(): Promise<MailboxEntry[]>;
} {
  let prepared: Promise<void> | undefined;

  return {
    async send(mail) {
      assertMailId(mail.id);
      const problem = describeEnvelopeProblem(mail);
      if (problem) return { outcome: "rejected", reason: problem };
      try {
        prepared ??= prepare(directory);
        await prepared;
        if (!(await exists(fileOf(directory, mail.id)))) await writeDurably(directory, toEntry(mail, now()));
      } catch (error) {
        prepared = undefined;
        return { outcome: "retry", reason: `The mailbox folder cannot be written (${errorCode(error)}).` };
      }
      return { outcome: "sent", providerMessageId: mail.id };
    },

    async findSent(id) {
      assertMailId(id);
      return (await exists(fileOf(directory, id))) ? id : null;
    },

    /** Every mail, newest first. */
    async list() {
      const names = await readdir(directory).catch((error: unknown) => {
        if (errorCode(error) === "ENOENT") return [];
        throw error;
      });
      const entries: MailboxEntry[] = [];
      for (const name of names) {
        const entry = name.endsWith(".json") ? await readEntry(join(directory, name)) : null;
        if (entry) entries.push(entry);
      }
      return entries.sort((left, right) => compare(right.sentAt, left.sentAt) || compare(right.id, left.id));
    },
  };
}

function fileOf(directory: string, id: string): string {
  return join(directory, `${id}.json`);
}

function toEntry(mail: OutgoingMail, sentAt: Date): MailboxEntry {
  const { id, to, from, replyTo = null, subject, html, text, tag } = mail;
  return { id, to, from, replyTo, subject, html, text, sentAt: sentAt.toISOString(), tag };
}

async function prepare(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const name of await readdir(directory)) {
    if (!name.endsWith(".tmp")) continue;
    const path = join(directory, name);
    const found = await stat(path).catch(() => null);
    // Ages of files are the operating system's clock, so this is not `now`.
    if (found && Date.now() - found.mtimeMs > leftoverAgeMs) await unlink(path).catch(() => undefined);
  }
}

async function writeDurably(directory: string, entry: MailboxEntry): Promise<void> {
  const temporary = join(directory, `${entry.id}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(JSON.stringify(entry, null, 2));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, fileOf(directory, entry.id));
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectory(directory);
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows can neither open nor sync a folder.
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === "ENOENT") return false;
      throw error;
    },
  );
}

/** A file that is no mail (edited by hand, say) is left out: one odd file must not close the mailbox. */
async function readEntry(path: string): Promise<MailboxEntry | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    return isMailboxEntry(value) ? value : null;
  } catch {
    return null;
  }
}

const entryKeys = ["id", "to", "from", "subject", "html", "text", "sentAt", "tag"] as const;

function isMailboxEntry(value: unknown): value is MailboxEntry {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const replyTo = fields.get("replyTo");
  return (
    entryKeys.every((key) => typeof fields.get(key) === "string") &&
    (replyTo === null || typeof replyTo === "string") &&
    !Number.isNaN(Date.parse(String(fields.get("sentAt"))))
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
