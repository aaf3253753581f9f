/** Who signs in by a password. */
export interface Person {
  email: string;
  password: string;
}

/** Who the tests sign in as; created from the environment at the first start. */
export const admin: Person = { email: "ruth@calderrowe.example", password: "three wise old herons" };
