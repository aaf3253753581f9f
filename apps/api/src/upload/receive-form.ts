import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError, type FieldError } from "@intake/core/errors";
import { describeRefusal, maxResumeBytes } from "@intake/core/resumes/schema";
import busboy from "busboy";
import type { Request } from "express";
import { countBytes } from "./count-bytes";

/** A file part as it arrived: in a spool file, or refused before it was whole. */
export interface ReceivedFile {
  path: string;
  fileName: string;
  sizeBytes: number;
  /** Hex. */
  sha256: string;
  isTooLarge: boolean;
}

export interface ReceivedForm {
  fields: Map<string, string>;
  file: ReceivedFile | null;
  /** What is wrong with the form itself: unknown, doubled or overlong parts. */
  errors: FieldError[];
}

/** Field names that may come in, and the name they have inside (design 3: also the PRD's column names). */
const fieldNames: Record<string, string> = {
  firstName: "firstName",
  first_name: "firstName",
  lastName: "lastName",
  last_name: "lastName",
  email: "email",
  idempotencyKey: "idempotencyKey",
};
const fileField = "resume";

// Security rule 1. The file limit is one byte over ours, so that exactly the limit passes and one more is seen.
const limits = {
  files: 1,
  fields: 10,
  parts: 12,
  fileSize: maxResumeBytes + 1,
  fieldSize: 8 * 1024,
  fieldNameSize: 64,
  headerPairs: 20,
};

/**
 * Reads a multipart form while it streams in: fields into memory, the one file into a spool file in `directory`, never more than a
 * buffer of it in memory. The caller removes the spool file. Throws UNSUPPORTED_MEDIA_TYPE, or BAD_REQUEST for a form that is cut off.
 */
export async function receiveForm(request: Request, directory: string): Promise<ReceivedForm> {
  const form: ReceivedForm = { fields: new Map(), file: null, errors: [] };
  const parser = createParser(request);
  const spooling: Promise<void>[] = [];
  parser.on("field", (name, value, info) => acceptField(form, name, value, info));
  parser.on("file", (name, stream, info) => {
    if (name !== fileField || !info.filename) {
      if (name !== fileField) form.errors.push({ path: name.slice(0, 64), message: "This field is not known here." });
      stream.resume();
      return;
    }
    spooling.push(spool(stream, info.filename, directory).then((file) => void (form.file = file)));
  });
  for (const event of ["partsLimit", "fieldsLimit"] as const) {
    parser.on(event, () => form.errors.push({ path: "form", message: "This form has more parts than ours." }));
  }
  parser.on("filesLimit", () => form.errors.push({ path: fileField, message: "Send one file only." }));
  try {
    await pipeline(request, parser);
    await Promise.all(spooling);
  } catch (error) {
    await Promise.allSettled(spooling);
    await discardFile(form);
    if (hasErrorCode(error)) throw error;
    throw new AppError("BAD_REQUEST", "The form did not arrive whole. Send it again.", { cause: error });
  }
  return form;
}

/** Removes the spool file of a form, if it has one. */
export async function discardFile(form: Pick<ReceivedForm, "file">): Promise<void> {
  if (form.file) await rm(form.file.path, { force: true });
}

function createParser(request: Request): busboy.Busboy {
  if (!request.is("multipart/form-data")) {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send the form as multipart/form-data.");
  }
  try {
    return busboy({ headers: request.headers, limits, defParamCharset: "utf8" });
  } catch (error) {
    throw new AppError("BAD_REQUEST", "The form has no readable boundary. Send it again.", { cause: error });
  }
}

function acceptField(form: ReceivedForm, name: string, value: string, info: busboy.FieldInfo): void {
  const known = Object.hasOwn(fieldNames, name) ? fieldNames[name] : undefined;
  if (known === undefined) {
    // A form without a chosen file sends the file field as an empty part; it says "missing", not "unknown".
    if (name !== fileField || value !== "") form.errors.push({ path: name.slice(0, 64), message: "This field is not known here." });
  } else if (info.nameTruncated || info.valueTruncated) {
    form.errors.push({ path: known, message: "Shorten this to a few words." });
  } else if (form.fields.has(known)) {
    form.errors.push({ path: known, message: "This field was sent twice. Send it once." });
  } else {
    form.fields.set(known, value);
  }
}

async function spool(stream: Readable & { truncated?: boolean }, fileName: string, directory: string): Promise<ReceivedFile> {
  const path = join(directory, randomUUID());
  const hash = createHash("sha256");
  const counter = countBytes((chunk) => hash.update(chunk));
  try {
    await pipeline(stream, counter.stream, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  const sizeBytes = counter.bytes();
  return { path, fileName, sizeBytes, sha256: hash.digest("hex"), isTooLarge: sizeBytes > maxResumeBytes };
}

function hasErrorCode(error: unknown): boolean {
  // A full or broken spool disk is our trouble (ENOSPC, EACCES, …), not the sender's; busboy's and stream aborts are the sender's.
  return error instanceof Error && "syscall" in error && "code" in error && error.code !== "ECONNRESET";
}

/** The complaint about a file that is too large to have been kept. */
export function tooLargeError(fileName: string, sizeBytes?: number): FieldError {
  const file = sizeBytes === undefined ? { name: fileName } : { name: fileName, sizeBytes };
  return { path: fileField, message: describeRefusal("too-large", file) };
}
