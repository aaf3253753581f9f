import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import type { PasskeyChallenge } from "../second-factor/schema";

const flagUserPresent = 0x01;
const flagUserVerified = 0x04;
const flagCredential = 0x40;

interface Quirks {
  origin?: string;
  rpId?: string;
  isUserVerified?: boolean;
  counter?: number;
}

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();
const base64url = (data: string | Uint8Array) => Buffer.from(data).toString("base64url");

/** A passkey in software (ES256): what a browser and its authenticator answer, with every lie a test needs. */
export function createFakeAuthenticator(honest: { origin: string; rpId: string }) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(16);
  let counter = 0;

  function clientData(type: string, challenge: PasskeyChallenge, { origin = honest.origin }: Quirks): string {
    return JSON.stringify({ type, challenge: challenge.options.challenge, origin, crossOrigin: false });
  }

  function authenticatorData(quirks: Quirks, credential?: Uint8Array): Buffer {
    const { rpId = honest.rpId, isUserVerified = true } = quirks;
    counter = quirks.counter ?? counter + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const flags =
      flagUserPresent | (isUserVerified ? flagUserVerified : 0) | (credential ? flagCredential : 0);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, credential ?? Buffer.alloc(0)]);
  }

  return {
    id: base64url(id),
    /** The answer to a registration. */
    register(challenge: PasskeyChallenge, quirks: Quirks = {}) {
      const { x = "", y = "" } = publicKey.export({ format: "jwk" });
      const coseKey = Buffer.concat([
        // CBOR map: kty EC2, alg ES256, crv P-256, x, y.
        Buffer.from("a5010203262001215820", "hex"),
        Buffer.from(x, "base64url"),
        Buffer.from("225820", "hex"),
        Buffer.from(y, "base64url"),
      ]);
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey]);
      const data = authenticatorData(quirks, credential);
      const attestationObject = Buffer.concat([
        // CBOR map: fmt "none", attStmt {}, authData as bytes with a one-byte length.
        Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex"),
        Buffer.from([data.length]),
        data,
      ]);
      return {
        token: challenge.token,
        passkey: {
          ...{ id: base64url(id), rawId: base64url(id), type: "public-key" as const },
          clientExtensionResults: {},
          response: {
            clientDataJSON: base64url(clientData("webauthn.create", challenge, quirks)),
            attestationObject: base64url(attestationObject),
          },
        },
      };
    },
    /** The answer to a sign-in, second step or step-up. */
    sign(challenge: PasskeyChallenge, quirks: Quirks = {}) {
      const data = authenticatorData(quirks);
      const client = clientData("webauthn.get", challenge, quirks);
      const signature = createSign("sha256").update(data).update(sha256(client)).sign(privateKey);
      return {
        token: challenge.token,
        passkey: {
          ...{ id: base64url(id), rawId: base64url(id), type: "public-key" as const },
          clientExtensionResults: {},
          response: {
            clientDataJSON: base64url(client),
            authenticatorData: base64url(data),
            signature: base64url(signature),
          },
        },
      };
    },
  };
}
