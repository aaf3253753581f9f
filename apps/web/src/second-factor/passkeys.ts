import { readFailure } from "@intake/client/failure";
import type { PasskeyChallenge } from "@intake/core/second-factor/schema";
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = browserSupportsWebAuthn;

/** The person closed the browser's question, or it found no passkey: nothing has been sent. */
class PasskeyNotUsed extends Error {}

/** Lets the person answer the server's question with a passkey. */
export async function answerWithPasskey({ token, options }: PasskeyChallenge) {
  const { id, rawId, type, response } = await startAuthentication({ optionsJSON: asRequest(options) }).catch(
    notUsed,
  );
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  const signed = { clientDataJSON, authenticatorData, signature };
  return {
    token,
    passkey: {
      ...{ id, rawId, type, clientExtensionResults: {} },
      response: { ...signed, ...(userHandle && { userHandle }) },
    },
  };
}

/** Lets the person make a passkey on this device or another. */
export async function makePasskey({ token, options }: PasskeyChallenge) {
  const { id, rawId, type, response } = await startRegistration({ optionsJSON: asCreation(options) }).catch(
    notUsed,
  );
  const { clientDataJSON, attestationObject, transports = [] } = response;
  return {
    token,
    passkey: {
      ...{ id, rawId, type, clientExtensionResults: {} },
      response: { clientDataJSON, attestationObject, transports },
    },
  };
}

/** What to say when a passkey did not work out: the server's words, or that the browser gave none. */
export function describePasskeyFailure(error: unknown): string {
  if (error instanceof PasskeyNotUsed) return "No passkey was used. Try again, or take another way.";
  return readFailure(error).message;
}

function notUsed(cause: unknown): never {
  throw new PasskeyNotUsed("No passkey was used", { cause });
}

/** The server makes them with the other half of this library, and sends them through as they are. */
function asRequest(options: PasskeyChallenge["options"]): PublicKeyCredentialRequestOptionsJSON {
  return options as unknown as PublicKeyCredentialRequestOptionsJSON;
}

/** As `asRequest`. */
function asCreation(options: PasskeyChallenge["options"]): PublicKeyCredentialCreationOptionsJSON {
  return options as unknown as PublicKeyCredentialCreationOptionsJSON;
}
