import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { mostHeldBytes } from "@intake/core/ports/local-file";
import type { Log } from "@intake/core/ports/log";
import {
  FileAlteredError,
  type FilePlace,
  ObjectNotFoundError,
  type Storage,
  StorageUnavailableError,
  type StoredFile,
} from "@intake/core/ports/storage";
import type { ObjectStore } from "../object-store";
import { assertStorageKey } from "../storage-key";
import { cutRange } from "./cut-range";
import type { MasterKeys } from "./master-keys";
import { type Binding, openBytes, openStream, sealBytes, sealStream } from "./sealed-message";
import { takeHead } from "./take-head";

export interface EncryptedStorageInput {
  store: ObjectStore;
  masterKeys: MasterKeys;
  log: Log;
  /** Called beside the log line when a file turns out not to be what was stored. */
  onAltered?: () => void;
}

/**
 * Keeps every file encrypted under a key of its own, bound to its row and its place (security rule 6). What comes out was proven whole
 * before its first byte: small files are opened in memory, larger ones are read twice, first to prove and then to give.
 */
export function createEncryptedStorage({
  store,
  masterKeys,
  log,
  onAltered,
}: EncryptedStorageInput): Storage {
  const { name: keyName } = masterKeys.current;

  async function put(place: FilePlace, body: Readable): Promise<{ keyName: string }> {
    const seal = { key: masterKeys.current, binding: bindingOf(place) };
    // It may fail before the first read listens to it; unheard, that would end the process.
    body.on("error", () => undefined);
    try {
      assertStorageKey(place.storageKey);
      const head = await takeHead(body, mostHeldBytes);
      const message = "whole" in head ? await sealBytes(seal, head.whole) : sealStream(seal, head.stream);
      await store.put(place.storageKey, message);
      return { keyName };
    } finally {
      body.destroy();
    }
  }

  async function openFile(file: StoredFile & { keyName: string }): Promise<Readable> {
    const { keyName: _name, ...place } = file;
    const opening = {
      key: masterKeys.find(file.keyName),
      binding: bindingOf(file),
      altered(cause: unknown) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        log.error({ event: "file_integrity_fail", ...place, reason }, "stored file was altered");
        onAltered?.();
        return new FileAlteredError(file.storageKey, { cause });
      },
    };
    const head = await takeHead(await store.get(file.storageKey), mostHeldBytes);
    if ("whole" in head) return bytesOf(await openBytes(opening, head.whole));
    await finished(openStream(opening, head.stream).resume());
    return openStream(opening, await store.get(file.storageKey));
  }

  return {
    keyName,
    put,
    async putFile(place, file) {
      try {
        if ("path" in file) return await put(place, createReadStream(file.path));
        assertStorageKey(place.storageKey);
        const seal = { key: masterKeys.current, binding: bindingOf(place) };
        await store.put(place.storageKey, await sealBytes(seal, file.bytes));
        return { keyName };
      } catch (error) {
        throw isSystemError(error) ? new StorageUnavailableError({ cause: error }) : error;
      }
    },
    async get(file, range) {
      const { storageKey, keyName } = file;
      if (keyName === null) return store.get(storageKey, range);
      const whole = await openFile({ ...file, keyName });
      return range ? cutRange(whole, range) : whole;
    },
    async has(storageKey) {
      try {
        (await store.get(storageKey, { start: 0, end: 0 })).destroy();
        return true;
      } catch (error) {
        if (error instanceof ObjectNotFoundError) return false;
        throw error;
      }
    },
    delete: (storageKey) => store.delete(storageKey),
    list: (prefix) => store.list(prefix),
    check: () => store.check(),
  };
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

function bindingOf({ storageKey, leadId, resumeId }: FilePlace): Binding {
  return { purpose: "resume", lead: leadId, resume: resumeId, object: storageKey };
}

function bytesOf(bytes: Buffer): Readable {
  return Readable.from(bytes.length > 0 ? [bytes] : [], { objectMode: false });
}
