import pino, { type DestinationStream } from "pino";
import type { ErrorReporter } from "./errors/error-reporter";
import { openLogOutput } from "./log-output";
import { originFields } from "./tracing/origin";

/** Pino's numbers for the two levels an error tracker hears of. */
const levels = { error: 50, fatal: 60 };

/**
 * JSON lines on standard output, or wherever `destination` takes them (security rule 31). Errors keep type, code, message and stack; whole
 * inputs are never logged. A line written in the name of a request has its id, also in the jobs it asked for. `reporter` hears of the
 * errors in lines of level error and fatal.
 */
export function createLog(
  level: string,
  destination: DestinationStream = openLogOutput(),
  reporter?: Pick<ErrorReporter, "report">,
) {
  const options = {
    level,
    base: null,
    mixin(fields: object, written: number) {
      if (reporter && written >= levels.error)
        reporter.report({ ...originFields(), ...fields }, written >= levels.fatal ? "fatal" : "error");
      return originFields();
    },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorFields, error: errorFields },
    redact: {
      paths: ["*.password", "*.accessToken", "*.refreshToken", "*.authorization", "*.cookie"],
      remove: true,
    },
  };
  return pino(options, destination);
}

/** Of an error only this: drivers hang their whole connection on theirs. Causes stand in message and stack. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message, stack, ...("code" in error && { code: error.code }) };
}

export type HostLog = ReturnType<typeof createLog>;
