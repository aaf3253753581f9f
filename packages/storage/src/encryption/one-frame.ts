import { getEncryptionInfo } from "@aws-crypto/encrypt-node/build/main/src/encrypt_stream.js";
import { getEncryptFrame } from "@aws-crypto/encrypt-node/build/main/src/framed_encrypt_stream.js";
import {
  type AlgorithmSuiteIdentifier,
  CommitmentPolicy,
  type KeyringNode,
  NodeAlgorithmSuite,
  NodeDefaultCryptographicMaterialsManager,
} from "@aws-crypto/material-management-node";

export interface OneFrameInput {
  keyring: KeyringNode;
  suiteId: AlgorithmSuiteIdentifier;
  encryptionContext: Record<string, string>;
  /** What the header says a frame may hold, in bytes; more than that is refused when it is opened. */
  frameLength: number;
}

/**
 * The pieces of a message of the AWS Encryption SDK that holds all bytes in one frame: what its `encrypt` makes, put together from its
 * own parts. That one sends the bytes through three streams, which for 200 KB cost more than twice as much as the sealing itself; the
 * parts are not its public face, so the exact version matters and the tests open every message by its public `decrypt`.
 */
export async function sealInOneFrame(input: OneFrameInput, bytes: Buffer): Promise<Buffer[]> {
  const { keyring, suiteId, encryptionContext, frameLength } = input;
  const suite = new NodeAlgorithmSuite(suiteId);
  const material = await new NodeDefaultCryptographicMaterialsManager(keyring).getEncryptionMaterials({
    suite,
    encryptionContext,
    plaintextLength: bytes.length,
    commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
  });
  const { getCipher, messageHeader, rawHeader, dispose } = getEncryptionInfo(material, frameLength);
  try {
    const { cipher, bodyHeader } = getEncryptFrame({
      pendingFrame: { sequenceNumber: 1, contentLength: bytes.length, content: [bytes] },
      messageHeader,
      getCipher,
      isFinalFrame: true,
      suite,
    });
    const sealed = [cipher.update(bytes), cipher.final()];
    return [...rawHeader.map(asBuffer), bodyHeader, ...sealed, cipher.getAuthTag()];
  } finally {
    // Wipes the data key.
    dispose();
  }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
