import { Prisma } from "./generated/client";

/** Prisma's codes for a database that is away or too busy (security rule 13; https://pris.ly/d/error-reference). */
const unavailablePrismaCodes = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
  "P2037",
]);

/** The driver adapter's words for the same, met inside P2010 and uncoded errors. */
const unavailableKinds = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
  "TransactionAlreadyClosed",
  "TransactionWriteConflict",
]);

/**
 * Socket errors, and SQLSTATEs of a server that starts, stops or is full (class 08; class 53, a full disk among them; 58030 its disk
 * fails; 57P01–57P03 shutdown, crash, not yet accepting; 25006 it only follows another one) or that broke off a conflict which a retry resolves (40001, 40P01) or a statement that took
 * or waited too long (57014, 55P03).
 */
const unavailableCodes =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08...|53...|58030|25006|57P0[1-35]|40001|40P01|57014|55P03)$/;

/** pg gives these errors no code (pg-pool and pg/lib/client.js). */
const unavailableMessages =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|Cannot use a pool after calling end)/;

/** The fields that errors of pg, of the adapter and of Prisma carry, each of which may be missing. */
type ErrorParts = {
  code?: unknown;
  kind?: unknown;
  message?: unknown;
  originalCode?: unknown;
  cause?: unknown;
  errors?: unknown;
  meta?: unknown;
  driverAdapterError?: unknown;
  errorCode?: unknown;
  constraint?: unknown;
  index?: unknown;
};

function partsOf(value: unknown): ErrorParts | null {
  return typeof value === "object" && value !== null ? value : null;
}

/** An error and everything it wraps: cause, the adapter's error in `meta`, the parts of an AggregateError. */
function* chain(error: unknown, depth = 0): Generator<ErrorParts> {
  const parts = partsOf(error);
  if (!parts || depth > 6) return;
  yield parts;
  const nested = [parts.cause, parts.meta, parts.driverAdapterError];
  if (Array.isArray(parts.errors)) nested.push(...parts.errors);
  for (const inner of nested) yield* chain(inner, depth + 1);
}

function isText(value: unknown, matches: (text: string) => boolean): boolean {
  return typeof value === "string" && matches(value);
}

/**
 * True when the database could not be reached, was lost on the way, or is too busy: the same request may succeed later, so the
 * answer is 503 with `Retry-After` and never 500. A commit whose answer was lost counts too: its outcome is unknown.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (const parts of chain(error)) {
    if (isText(parts.code, (code) => unavailablePrismaCodes.has(code) || unavailableCodes.test(code)))
      return true;
    if (isText(parts.errorCode, (code) => unavailablePrismaCodes.has(code))) return true;
    if (isText(parts.originalCode, (code) => unavailableCodes.test(code))) return true;
    if (isText(parts.kind, (kind) => unavailableKinds.has(kind))) return true;
    if (isText(parts.message, (message) => unavailableMessages.test(message))) return true;
  }
  return false;
}

/** True when a write failed because a row with that value exists; `constraint` is the name of the unique index. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  if (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    error.code !== "P2002" &&
    error.code !== "P2010"
  ) {
    return false;
  }
  for (const parts of chain(error)) {
    if (parts.kind === "UniqueConstraintViolation" && partsOf(parts.constraint)?.index === constraint)
      return true;
    if (parts.code === "23505" && parts.constraint === constraint) return true;
  }
  return false;
}
