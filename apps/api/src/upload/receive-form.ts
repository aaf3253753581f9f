import { finished } from "node:stream/promises";
import { AppError, type FieldError } from "@intake/core/errors";
import { StorageUnavailableError } from "@intake/core/ports/storage";
import type { ResumeLimits } from "@intake/core/resumes/schema";
import busboy from "busboy";
import type { Request } from "express";
import { type ReceivedFile, receiveFile } from "./receive-file";
import { formTooLarge } from "./refusals";
import type { UploadPlace } from "./upload-gate";

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
  timeZone: "timeZone",
  idempotencyKey: "idempotencyKey",
};
const fileField = "resume";

// Security rule 1.
const limits = {
  files: 1,
  fields: 10,
  parts: 12,
  fieldSize: 8 * 1024,
  fieldNameSize: 64,
  headerPairs: 20,
};

/** A body that cannot hold an acceptable file is refused before it is read (security rule 2). */
function refuseHugeBody(request: Request, limits: ResumeLimits): void {
  if (Number(request.headers["content-length"] ?? 0) > maxFormBytes(limits)) throw formTooLarge(limits);
}

/** Bytes a whole form may have: the largest file, three short fields and the boundaries. */
function maxFormBytes({ maxBytes }: ResumeLimits): number {
  return maxBytes + 64 * 1024;
}

/** Where the file of a form goes, and what it may be. */
export interface ReceiveInput {
  directory: string;
  resumeLimits: ResumeLimits;
  place: UploadPlace;
}

/**
 * Reads a multipart form while it streams in: fields into memory, the one file into a buffer, or into a spool file in a directory when
 * that is full. The caller discards the form. Throws UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, BAD_REQUEST for a form
 * that is cut off, or SERVICE_UNAVAILABLE for one that has to give way to others.
 */
export async function receiveForm(request: Request, input: ReceiveInput): Promise<ReceivedForm> {
  refuseHugeBody(request, input.resumeLimits);
  const form: ReceivedForm = { fields: new Map(), file: null, errors: [] };
  const parser = createParser(request, input.resumeLimits);
  const receiving: Promise<void>[] = [];
  parser.on("field", (name, value, info) => acceptField(form, { name, value, ...info }));
  parser.on("file", (name, stream, info) => {
    // A cut body ends this stream with an error, perhaps before anybody reads it; unheard, that would end the process.
    stream.on("error", () => undefined);
    if (name !== fileField || !info.filename) {
      if (name !== fileField) form.errors.push(unknownField(name));
      stream.resume();
      return;
    }
    const received = receiveFile(stream, info.filename, input).then((file) => {
      form.file = file;
    });
    // Nobody would read the rest of the file any more, and the form would wait for it for ever.
    received.catch((error: Error) => parser.destroy(error));
    receiving.push(received);
  });
  for (const event of ["partsLimit", "fieldsLimit"] as const) {
    parser.on(event, () =>
      form.errors.push({ path: "form", message: "This form has more parts than ours." }),
    );
  }
  parser.on("filesLimit", () => form.errors.push({ path: fileField, message: "Send one file only." }));
  try {
    await feed(request, parser, input);
    await Promise.all(receiving);
  } catch (error) {
    await Promise.allSettled(receiving);
    await discardFile(form);
    if (error instanceof AppError) throw error;
    // A full or broken spool disk (ENOSPC, EACCES, …) is our trouble; what else breaks here comes from the sender.
    if (error instanceof Error && "syscall" in error) throw new StorageUnavailableError({ cause: error });
    throw new AppError("BAD_REQUEST", "The form did not arrive whole. Send it again.", { cause: error });
  }
  return form;
}

/** `stream.pipeline` would destroy the request on an error, and with it the connection that our answer goes out on. */
async function feed(
  request: Request,
  parser: busboy.Busboy,
  { resumeLimits, place }: ReceiveInput,
): Promise<void> {
  const maxBytes = maxFormBytes(resumeLimits);
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) parser.destroy(formTooLarge(resumeLimits));
  };
  const cut = () => {
    if (!request.readableEnded) parser.destroy(new Error("The connection ended before the form did"));
  };
  const giveWay = () => parser.destroy(place.signal.reason);
  request.on("data", count).on("error", cut).once("close", cut);
  place.signal.addEventListener("abort", giveWay, { once: true });
  place.arriving();
  try {
    // Gone while it waited to be let in: it would never be heard of again, and its place never be free.
    if (request.destroyed) cut();
    await finished(request.pipe(parser));
  } finally {
    place.arrived();
    place.signal.removeEventListener("abort", giveWay);
    request.unpipe(parser).off("data", count).off("close", cut);
  }
}

/** Lets go of the file of a form, if it has one. Once, and when nobody needs it any more. */
export async function discardFile(form: Pick<ReceivedForm, "file">): Promise<void> {
  await form.file?.discard();
}

function createParser(request: Request, { maxBytes }: ResumeLimits): busboy.Busboy {
  if (!request.is("multipart/form-data")) {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send the form as multipart/form-data.");
  }
  try {
    // One byte over our limit, so that exactly the limit passes and one more is seen.
    const fileSize = maxBytes + 1;
    return busboy({ headers: request.headers, limits: { ...limits, fileSize }, defParamCharset: "utf8" });
  } catch (error) {
    throw new AppError("BAD_REQUEST", "The form has no readable boundary. Send it again.", { cause: error });
  }
}

/** busboy hands on parts without a name as undefined, against its types. */
function unknownField(name: string | undefined): FieldError {
  return { path: name?.slice(0, limits.fieldNameSize) || "form", message: "This field is not known here." };
}

type ReceivedField = Pick<busboy.FieldInfo, "nameTruncated" | "valueTruncated"> & {
  name: string | undefined;
  value: string;
};

function acceptField(form: ReceivedForm, field: ReceivedField): void {
  const { name, value } = field;
  const known = name !== undefined && Object.hasOwn(fieldNames, name) ? fieldNames[name] : undefined;
  if (known === undefined) {
    // A form without a chosen file sends the file field as an empty part; it says "missing", not "unknown".
    if (name !== fileField || value !== "") form.errors.push(unknownField(name));
  } else if (field.nameTruncated || field.valueTruncated) {
    form.errors.push({ path: known, message: "Shorten this to a few words." });
  } else if (form.fields.has(known)) {
    form.errors.push({ path: known, message: "This field was sent twice. Send it once." });
  } else {
    form.fields.set(known, value);
  }
}
