import type { Role } from "../auth/schema";

/** A person as the provider names them. */
export interface ProvidedIdentity {
  issuer: string;
  subject: string;
  email: string | null;
  isEmailVerified: boolean;
  name: string | null;
}

/** What binds an answer to the browser that asked: random for each sign-in, never seen by another. */
export interface SignInBinding {
  state: string;
  nonce: string;
  /** PKCE (RFC 7636). */
  codeVerifier: string;
}

/** The office's single sign-on, any OpenID Connect provider. */
export interface IdentityProvider {
  /** As the sign-in page calls it. */
  name: string;
  /** Lower-cased domains whose people get an account when they first come. */
  allowedDomains: string[];
  defaultRole: Role;
  /** Where to send the browser. */
  signInAddress(binding: SignInBinding): Promise<URL>;
  /** Who came back to this address; rejects anything that is not the provider's own answer to this binding. */
  readAnswer(address: URL, binding: SignInBinding): Promise<ProvidedIdentity>;
}
