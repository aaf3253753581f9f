import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SubmitLeadInput } from "../leads/submit-lead";

const directory = mkdtempSync(join(tmpdir(), "intake-test-"));
process.once("exit", () => rmSync(directory, { recursive: true, force: true }));

/** A whole submission with a spool file of its own; override what the test is about. */
export async function submission(
  input: {
    firstName?: string;
    lastName?: string;
    email?: string;
    fileName?: string;
    content?: string;
    idempotencyKey?: string | null;
    timeZone?: string | null;
  } = {},
): Promise<SubmitLeadInput> {
  const bytes = Buffer.from(input.content ?? "%PDF-1.7 a resume %%EOF");
  const path = join(directory, randomUUID());
  await writeFile(path, bytes);
  return {
    fields: {
      firstName: input.firstName ?? "Minh Khai",
      lastName: input.lastName ?? "Nguyễn Thị",
      email: input.email ?? "minhkhai.nguyen@gmail.com",
    },
    resume: {
      path,
      fileName: input.fileName ?? "Résumé – O'Brien (最終版) 😀.pdf",
      format: "PDF",
      sizeBytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    },
    idempotencyKey: input.idempotencyKey === undefined ? randomUUID() : input.idempotencyKey,
    source: "FORM",
    timeZone: input.timeZone ?? null,
  };
}
