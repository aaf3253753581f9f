/** From a chosen or dropped file to bytes in memory, or to the sentence that says why not. */
import {
  describeRefusal,
  type ResumeFormat,
  type ResumeLimits,
  type ResumeRefusal,
} from "@intake/core/resumes/schema";
import type { PageFailure } from "@intake/core/upload-failures/schema";
import { fingerprintBytes } from "./fingerprint";

/** A file that has been read: nothing that happens to the original can spoil the sending any more. */
export interface AttachedResume {
  name: string;
  sizeBytes: number;
  format: ResumeFormat;
  bytes: Blob;
  fingerprint: string;
}

export type ReadResult =
  | { resume: AttachedResume }
  | { message: string; failure: { reason: PageFailure; sizeBytes: number } };

/** What `readResume` needs of a browser's `File`. */
export type ReadableFile = Pick<File, "name" | "size" | "arrayBuffer">;

/**
 * Checks a file against what can be known here (ending, size in bytes, emptiness) and reads it whole. Files in online
 * drives may report any size and fail or turn out empty only when read, so the bytes that came decide.
 */
export async function readResume(file: ReadableFile, limits: ResumeLimits): Promise<ReadResult> {
  const refuse = (reason: PageFailure & ResumeRefusal, sizeBytes: number) => ({
    message: describeRefusal(reason, { name: file.name, sizeBytes, limits }),
    failure: { reason, sizeBytes },
  });
  const format = formatOf(file.name, limits.formats);
  if (!format) return refuse("wrong-extension", file.size);
  if (file.size > limits.maxBytes) return refuse("too-large", file.size);
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return {
      message: `“${file.name}” could not be read. If it lies in an online drive, download it to this device first, then choose it again.`,
      failure: { reason: "unreadable", sizeBytes: file.size },
    };
  }
  if (bytes.byteLength === 0) return refuse("empty", 0);
  if (bytes.byteLength > limits.maxBytes) return refuse("too-large", bytes.byteLength);
  return {
    resume: {
      name: file.name,
      sizeBytes: bytes.byteLength,
      format,
      bytes: new Blob([bytes]),
      fingerprint: fingerprintBytes(new Uint8Array(bytes)),
    },
  };
}

function formatOf(name: string, formats: readonly ResumeFormat[]): ResumeFormat | undefined {
  const ending = name.slice(name.lastIndexOf(".")).toUpperCase();
  return formats.find((format) => `.${format}` === ending);
}

/** The one dropped file, or what to say instead; null when no file was dropped at all. */
export function pickDropped(transfer: DataTransfer): { file: File } | { message: string } | null {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  if (items.some((item) => item.webkitGetAsEntry()?.isDirectory)) {
    return { message: "That is a folder. Open it and drop the one file that is your resume." };
  }
  if (items.length > 1) {
    return { message: `You dropped ${items.length} files. Drop only the one that is your resume.` };
  }
  const file = transfer.files[0];
  return file ? { file } : null;
}
