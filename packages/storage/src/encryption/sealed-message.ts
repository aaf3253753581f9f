import type { Readable } from "node:stream";
import { isDeepStrictEqual } from "node:util";
import { buildDecrypt } from "@aws-crypto/decrypt-node";
import { buildEncrypt } from "@aws-crypto/encrypt-node";
import {
  AlgorithmSuiteIdentifier,
  CommitmentPolicy,
  type KeyringNode,
  NodeDefaultCryptographicMaterialsManager,
  type NodeMaterialsManager,
} from "@aws-crypto/material-management-node";
import type { MasterKey } from "./master-keys";
import { sealInOneFrame } from "./one-frame";
import { streamThrough } from "./stream-through";

/** What a message belongs to. It is part of the message, authenticated and readable: ids, never personal data. */
export type Binding = Record<string, string>;

export interface SealInput {
  key: MasterKey;
  binding: Binding;
}

export interface OpenInput extends SealInput {
  /** The error for a message that is not ours, not whole, not as it was, or belongs to something else. */
  altered(cause: unknown): Error;
}

/** Every message has one data key. A second one could be a stranger's, who then opened it in our name. */
const policy = {
  commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
  maxEncryptedDataKeys: 1,
};
const { encryptStream } = buildEncrypt(policy);
const { decrypt, decryptUnsignedMessageStream } = buildDecrypt(policy);
/** With key commitment; without a signature, which costs milliseconds and says no more where one key seals and opens. */
const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;
/** Bytes. The SDK's own 4 KB cost 2.5 times the processor time for 200 KB and five times for 5 MB; larger ones only memory. */
const frameLength = 64 * 1024;
/** More than header and frames add; what is longer has something behind its last frame, which the SDK would collect. */
const mostAdded = (plainBytes: number) => 4096 + plainBytes / 1024;
/** What may be under way between both ends of a stream that opens. */
const mostUnderWay = 1024 * 1024;

/** A message around the bytes, in pieces, under a data key of its own. Throws `StorageUnavailableError` when the master key is away. */
export async function sealBytes({ key, binding }: SealInput, bytes: Buffer): Promise<Buffer[]> {
  const { keyring, failure } = key.open();
  try {
    return await sealInOneFrame(
      { keyring, suiteId, encryptionContext: binding, frameLength: Math.max(frameLength, bytes.length) },
      bytes,
    );
  } catch (error) {
    throw failure() ?? error;
  }
}

/** The same for a stream; an error of the source comes out as it is. */
export function sealStream({ key, binding }: SealInput, source: Readable): Readable {
  const { keyring, failure } = key.open();
  const way = encryptStream(keyring, { suiteId, frameLength, encryptionContext: binding });
  return streamThrough(source, way, { translate: (error) => failure() ?? error });
}

/** The bytes of a message. Throws the error for an altered one, or `StorageUnavailableError` when the master key is away. */
export async function openBytes({ key, binding, altered }: OpenInput, message: Buffer): Promise<Buffer> {
  const { keyring, failure } = key.open();
  try {
    const { plaintext } = await decrypt(boundTo(binding, keyring), message);
    assertNotLonger(message.length, plaintext.length);
    return plaintext;
  } catch (error) {
    throw failure() ?? altered(error);
  }
}

/**
 * The bytes of a message that streams in, frame by frame: each is released when it is proven, so that the end may still
 * fail. An error of the source comes out as it is.
 */
export function openStream({ key, binding, altered }: OpenInput, source: Readable): Readable {
  const { keyring, failure } = key.open();
  const way = decryptUnsignedMessageStream(boundTo(binding, keyring));
  return streamThrough(source, way, {
    onPiece: ({ inBytes, outBytes }) => assertNotLonger(inBytes - mostUnderWay, outBytes),
    onEnd: ({ inBytes, outBytes }) => assertNotLonger(inBytes, outBytes),
    translate: (error) => failure() ?? altered(error),
  });
}

function assertNotLonger(messageBytes: number, plainBytes: number): void {
  if (messageBytes - plainBytes > mostAdded(plainBytes)) throw new Error("It goes on behind its end");
}

/** Only for messages that belong to `binding`; asked before the data key is unwrapped. */
function boundTo(binding: Binding, keyring: KeyringNode): NodeMaterialsManager {
  const materials = new NodeDefaultCryptographicMaterialsManager(keyring);
  return {
    getEncryptionMaterials: (request) => materials.getEncryptionMaterials(request),
    async decryptMaterials(request) {
      if (!isDeepStrictEqual({ ...request.encryptionContext }, binding))
        throw new Error("It belongs to something else");
      return materials.decryptMaterials(request);
    },
  };
}
