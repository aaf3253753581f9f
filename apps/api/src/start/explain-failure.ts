import { StorageUnavailableError } from "@intake/core/ports/storage";
import { DatabaseVersionError } from "@intake/db/migrate";
import { DatabaseUnreachableError } from "@intake/db/reach-database";
import { DataDirectoryInUseError } from "./data-directory";
import { PortTakenError } from "./http-server";
import { SettingsError } from "./settings";

const expected = [
  SettingsError,
  PortTakenError,
  DataDirectoryInUseError,
  DatabaseVersionError,
  DatabaseUnreachableError,
];

/** Why Intake could not start: a sentence for what can be expected, everything there is for what cannot. */
export function explainFailure(error: unknown): string {
  if (expected.some((kind) => error instanceof kind)) return messageOf(error);
  // What the system refuses with the name of the file: our stack would tell an operator nothing more.
  if (error instanceof Error && "syscall" in error && "path" in error)
    return `Intake could not start: ${error.message}`;
  return `Intake could not start: ${error instanceof Error ? error.stack : String(error)}`;
}

/** What an error says, of the storage also what the place itself said. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return error instanceof StorageUnavailableError && cause instanceof Error
    ? `${error.message}: ${cause.message}`
    : error.message;
}
