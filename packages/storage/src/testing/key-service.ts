import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

interface KeyRequest {
  KeyId: string;
  NumberOfBytes?: number;
  CiphertextBlob?: string;
  EncryptionContext?: Record<string, string>;
}

/** What the service does instead of answering. */
export type KeyServiceFault = "denied" | "throttled" | "silence" | null;

const accessKeyId = "AKIDTEST";

/**
 * A stand-in for AWS KMS that speaks its JSON protocol: wraps data keys with AES-GCM under keys that never leave it, with the encryption
 * context as associated data, and knows one caller by the credential of the signature (which it does not compute again).
 */
export async function startKeyService(arns: string[]) {
  const keys = new Map(arns.map((arn) => [arn, randomBytes(32)]));
  const state: { fault: KeyServiceFault; calls: { action: string; context: Record<string, string> }[] } = {
    fault: null,
    calls: [],
  };
  const server = createServer(async (request, response) => {
    const action = String(request.headers["x-amz-target"]).replace("TrentService.", "");
    const body: KeyRequest = JSON.parse(await text(request));
    state.calls.push({ action, context: body.EncryptionContext ?? {} });
    if (state.fault === "silence") return;
    const answer = isSigned(request.headers.authorization, body.KeyId)
      ? answerTo(action, body, { keys, fault: state.fault })
      : refusal("UnrecognizedClientException");
    response.writeHead("__type" in answer ? 400 : 200, { "Content-Type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The key service has no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    credentials: { accessKeyId, secretAccessKey: "not-looked-at" },
    state,
    stop() {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function isSigned(authorization: string | undefined, arn: string): boolean {
  const scope = `${accessKeyId}/\\d{8}/${arn.split(":")[3]}/kms/aws4_request`;
  return new RegExp(`^AWS4-HMAC-SHA256 Credential=${scope}, .*Signature=[0-9a-f]{64}$`).test(
    authorization ?? "",
  );
}

function answerTo(
  action: string,
  body: KeyRequest,
  { keys, fault }: { keys: Map<string, Buffer>; fault: KeyServiceFault },
): Record<string, string> {
  const key = keys.get(body.KeyId);
  if (fault === "denied") return refusal("AccessDeniedException");
  if (fault === "throttled") return refusal("ThrottlingException");
  if (!key) return refusal("NotFoundException");
  const context = Buffer.from(JSON.stringify(Object.entries(body.EncryptionContext ?? {}).sort()));
  if (action === "GenerateDataKey") {
    const plain = randomBytes(body.NumberOfBytes ?? 32);
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(context);
    const blob = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return {
      KeyId: body.KeyId,
      Plaintext: plain.toString("base64"),
      CiphertextBlob: blob.toString("base64"),
    };
  }
  if (action !== "Decrypt") return refusal("UnsupportedOperationException");
  try {
    const blob = Buffer.from(body.CiphertextBlob ?? "", "base64");
    const decipher = createDecipheriv("aes-256-gcm", key, blob.subarray(0, 12))
      .setAAD(context)
      .setAuthTag(blob.subarray(-16));
    const plain = Buffer.concat([decipher.update(blob.subarray(12, -16)), decipher.final()]);
    return { KeyId: body.KeyId, Plaintext: plain.toString("base64") };
  } catch {
    return refusal("InvalidCiphertextException");
  }
}

function refusal(name: string): { __type: string } {
  return { __type: name };
}
