/** What goes in and out of second factors and passkeys. Browser-safe. */
import { z } from "zod";
import { tokenDeliverySchema } from "../auth/schema";

/** Digits of an authenticator's code. */
export const codeDigits = 6;
/** Characters of a recovery code, without the hyphen in its middle. */
export const recoveryCodeCharacters = 10;

const base64url = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[\w-]+$/, "This is not base64url.");
const challengeTokenSchema = z.string().min(1).max(100);
const passkeyIdSchema = z.uuid();

/** Spaces do not matter: people copy codes as their app shows them. */
const codeSchema = z
  .string()
  .max(20)
  .transform((code) => code.replaceAll(/\s/g, ""))
  .refine((code) => /^\d{6}$/.test(code), `Enter the ${codeDigits} digits your app shows.`);

const recoveryCodeSchema = z.string().trim().min(1, "Enter a recovery code.").max(40);

/** A passkey's signature, as `startAuthentication` of @simplewebauthn/browser gives it. */
const passkeyAnswerSchema = z.object({
  id: base64url(2048),
  rawId: base64url(2048),
  type: z.literal("public-key"),
  clientExtensionResults: z.object({}),
  response: z.object({
    clientDataJSON: base64url(8192),
    authenticatorData: base64url(8192),
    signature: base64url(8192),
    userHandle: base64url(200).optional(),
  }),
});
export type PasskeyAnswer = z.output<typeof passkeyAnswerSchema>;

/** A new passkey, as `startRegistration` of @simplewebauthn/browser gives it. */
const newPasskeySchema = z.object({
  id: base64url(2048),
  rawId: base64url(2048),
  type: z.literal("public-key"),
  clientExtensionResults: z.object({}),
  response: z.object({
    clientDataJSON: base64url(8192),
    attestationObject: base64url(65_536),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

export const passkeyNameSchema = z
  .string()
  .trim()
  .min(1, "Give the passkey a name.")
  .max(60, "Shorten the name to at most 60 characters.");

const secondFactorMethods = ["authenticator", "passkey", "recovery-code"] as const;
const secondFactorMethodSchema = z.enum(secondFactorMethods);
export type SecondFactorMethod = z.infer<typeof secondFactorMethodSchema>;

/** The answer to a password that fits when the account has a second factor: nothing about the person, no tokens. */
export const secondFactorNeededSchema = z.object({
  secondFactor: z.object({
    /** To be sent back with the second factor; good for one sign-in. */
    token: z.string(),
    methods: z.array(secondFactorMethodSchema),
    /** Seconds until the token ends. */
    expiresIn: z.int(),
  }),
});
export type SecondFactorNeeded = z.infer<typeof secondFactorNeededSchema>;

/** The second step of signing in: exactly one of code, recovery code and passkey. */
export const verifySecondFactorSchema = z
  .strictObject({
    token: challengeTokenSchema,
    code: codeSchema.optional(),
    recoveryCode: recoveryCodeSchema.optional(),
    passkey: passkeyAnswerSchema.optional(),
    tokenDelivery: tokenDeliverySchema.default("cookie"),
  })
  .refine(
    ({ code, recoveryCode, passkey }) =>
      [code, recoveryCode, passkey].filter((answer) => answer !== undefined).length === 1,
    { message: "Send a code, a recovery code or a passkey.", path: ["code"] },
  );
export type VerifySecondFactor = z.output<typeof verifySecondFactorSchema>;

export const challengeSchema = z.strictObject({ token: challengeTokenSchema });

export const passkeySignInSchema = z.strictObject({
  token: challengeTokenSchema,
  passkey: passkeyAnswerSchema,
  tokenDelivery: tokenDeliverySchema.default("cookie"),
});

/** Proof that the person at the screen is still the one who signed in. */
export const stepUpSchema = z.union([
  z.strictObject({ password: z.string().min(1, "Enter your password.").max(1024) }),
  z.strictObject({ token: challengeTokenSchema, passkey: passkeyAnswerSchema }),
]);
export type StepUp = z.output<typeof stepUpSchema>;

export const confirmAuthenticatorSchema = z.strictObject({ code: codeSchema });
export const addPasskeySchema = z.strictObject({
  token: challengeTokenSchema,
  name: passkeyNameSchema,
  passkey: newPasskeySchema,
});
export type AddPasskey = z.output<typeof addPasskeySchema>;
export const passkeyByIdSchema = z.strictObject({ passkeyId: passkeyIdSchema });
export const renamePasskeySchema = z.strictObject({ passkeyId: passkeyIdSchema, name: passkeyNameSchema });
export const resetSecondFactorSchema = z.strictObject({ userId: z.uuid() });

/** An authenticator being set up: the address for the QR code, and the same secret to type. */
export const authenticatorSetupSchema = z.object({ uri: z.string(), secret: z.string() });
export type AuthenticatorSetup = z.infer<typeof authenticatorSetupSchema>;

/** Recovery codes as they are shown once; empty when the person keeps the ones they have. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

/** A passkey ceremony to be handed to the browser. */
export const passkeyChallengeSchema = z.object({
  token: z.string(),
  /** PublicKeyCredentialRequestOptionsJSON or PublicKeyCredentialCreationOptionsJSON (WebAuthn level 3). */
  options: z.looseObject({ challenge: z.string() }),
});
export type PasskeyChallenge = z.infer<typeof passkeyChallengeSchema>;

/** Ways by which a person can prove who they are in a session. */
export const stepUpMethodsSchema = z.object({
  hasPassword: z.boolean(),
  passkey: passkeyChallengeSchema.nullable(),
});
export type StepUpMethods = z.infer<typeof stepUpMethodsSchema>;

/** Somebody's own factors. */
export const secondFactorStateSchema = z.object({
  authenticatorSince: z.iso.datetime().nullable(),
  passkeys: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      createdAt: z.iso.datetime(),
      lastUsedAt: z.iso.datetime().nullable(),
      /** Kept by the person's account at Apple, Google or a password manager, so that losing a device does not lose it. */
      isBackedUp: z.boolean(),
    }),
  ),
  recoveryCodesLeft: z.int(),
  /** The person's role must have a second factor. */
  isRequired: z.boolean(),
  hasPassword: z.boolean(),
});
export type SecondFactorState = z.infer<typeof secondFactorStateSchema>;
