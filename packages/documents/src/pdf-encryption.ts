import { createCipheriv, createHash } from "node:crypto";
import type { PdfDictionary } from "./pdf-syntax";

/** The bytes every password is filled up with (ISO 32000-1, 7.6.3.3, algorithm 2). */
const padding = Buffer.from("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a", "hex");

/**
 * Whether a reader opens the document without asking: true when the standard handler's user password is empty
 * (an owner password alone only restricts printing and the like), false when a password or certificate is needed.
 */
export function opensWithoutPassword(encryption: PdfDictionary, documentId: Buffer): boolean {
  if (!leavesDocumentEncrypted(encryption)) return true;
  if (nameOf(encryption, "Filter") !== "Standard") return false;
  const revision = numberOf(encryption, "R");
  const userEntry = stringOf(encryption, "U");
  const ownerEntry = stringOf(encryption, "O");
  if (revision === 5 || revision === 6) return acceptsEmptyPassword(userEntry, revision);
  if (revision !== 2 && revision !== 3 && revision !== 4) return false;
  // Writers disagree on /Length (bits, bytes, missing), and a match of 16 bytes is proof, so each size is tried.
  const declaredBytes = numberOf(encryption, "Length") / 8;
  const sizes = new Set([revision === 2 ? 5 : 16, 5, declaredBytes]);
  return [...sizes]
    .filter((bytes) => Number.isInteger(bytes) && bytes >= 5 && bytes <= 16)
    .some((keyBytes) => {
      const key = emptyPasswordKey({ encryption, documentId, ownerEntry, revision, keyBytes });
      const expected = revision === 2 ? rc4(key, padding) : userProof(key, documentId);
      return userEntry.length >= expected.length && userEntry.subarray(0, expected.length).equals(expected);
    });
}

/** From V 4 on, streams and strings may both use the Identity filter: then only attachments are encrypted. */
function leavesDocumentEncrypted(encryption: PdfDictionary): boolean {
  if (numberOf(encryption, "V") < 4) return true;
  return ["StmF", "StrF"].some((use) => (nameOf(encryption, use) ?? "Identity") !== "Identity");
}

interface KeyInput {
  encryption: PdfDictionary;
  documentId: Buffer;
  ownerEntry: Buffer;
  revision: number;
  keyBytes: number;
}

/** Algorithm 2 for the empty user password. */
function emptyPasswordKey({ encryption, documentId, ownerEntry, revision, keyBytes }: KeyInput): Buffer {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(numberOf(encryption, "P") | 0);
  const metadata = encryption.get("EncryptMetadata");
  const isMetadataClear = revision === 4 && metadata?.type === "keyword" && metadata.value === "false";
  const parts = [padding, ownerEntry.subarray(0, 32), permissions, documentId];
  if (isMetadataClear) parts.push(Buffer.from("ffffffff", "hex"));
  let digest = md5(Buffer.concat(parts));
  for (let round = 0; revision > 2 && round < 50; round += 1) digest = md5(digest.subarray(0, keyBytes));
  return digest.subarray(0, keyBytes);
}

/** Algorithm 5: the 16 bytes of /U that prove the key, revisions 3 and 4. */
function userProof(key: Buffer, documentId: Buffer): Buffer {
  let proof = md5(Buffer.concat([padding, documentId]));
  for (let round = 0; round < 20; round += 1)
    proof = rc4(Buffer.from(key.map((octet) => octet ^ round)), proof);
  return proof;
}

/** Algorithm 2.A (ISO 32000-2, 7.6.4.3.3): /U is hash (32 bytes), validation salt (8), key salt (8). */
function acceptsEmptyPassword(userEntry: Buffer, revision: 5 | 6): boolean {
  if (userEntry.length < 48) return false;
  const salt = userEntry.subarray(32, 40);
  const hash = revision === 5 ? createHash("sha256").update(salt).digest() : hardenedHash(salt);
  return hash.equals(userEntry.subarray(0, 32));
}

/** Algorithm 2.B with an empty password; ends after at most 64 + 255 + 32 rounds. */
function hardenedHash(salt: Buffer): Buffer {
  let key = createHash("sha256").update(salt).digest();
  let lastOctet = 0;
  for (let round = 0; round < 64 || lastOctet > round - 32; round += 1) {
    const cipher = createCipheriv("aes-128-cbc", key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(
      false,
    );
    const encrypted = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    const remainder = encrypted.subarray(0, 16).reduce((sum, octet) => sum + octet, 0) % 3;
    key = createHash(["sha256", "sha384", "sha512"][remainder] ?? "sha256")
      .update(encrypted)
      .digest();
    lastOctet = encrypted.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}

function md5(bytes: Buffer): Buffer {
  return createHash("md5").update(bytes).digest();
}

/** RC4 by hand: OpenSSL 3 only has it in a legacy provider that Node does not load. */
function rc4(key: Buffer, bytes: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => state[index & 0xff] ?? 0;
  const swap = (left: number, right: number) => {
    const kept = at(left);
    state[left & 0xff] = at(right);
    state[right & 0xff] = kept;
  };
  let j = 0;
  for (let i = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 0xff;
    swap(i, j);
  }
  j = 0;
  return Buffer.from(
    bytes.map((octet, index) => {
      j = (j + at(index + 1)) & 0xff;
      swap(index + 1, j);
      return octet ^ at(at(index + 1) + at(j));
    }),
  );
}

function numberOf(dictionary: PdfDictionary, key: string): number {
  const value = dictionary.get(key);
  return value?.type === "number" ? value.value : 0;
}

function stringOf(dictionary: PdfDictionary, key: string): Buffer {
  const value = dictionary.get(key);
  return value?.type === "string" ? value.value : Buffer.alloc(0);
}

function nameOf(dictionary: PdfDictionary, key: string): string | undefined {
  const value = dictionary.get(key);
  return value?.type === "name" ? value.value : undefined;
}
