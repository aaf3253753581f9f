/** Who the tests sign in as; created from the environment at the first start. */
export const admin = { email: "ruth@calderrowe.example", password: "three wise old herons" };
