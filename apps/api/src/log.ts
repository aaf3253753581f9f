import pino, { type DestinationStream } from "pino";
import type { ErrorReporter } from "./errors/error-reporter";
import { openLogOutput } from "./log-output";
import { originFields } from "./tracing/origin";

/** Pino's numbers for the two levels an error tracker hears of. */
const levels = { error: 50, fatal: 60 };

/**
 * JSON lines on standard output, or wherever `destination` takes them (security rule 31). Errors keep type, message and stack; whole
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
    serializers: { err: pino.stdSerializers.err, error: pino.stdSerializers.err },
    redact: {
      paths: ["*.password", "*.accessToken", "*.refreshToken", "*.authorization", "*.cookie"],
      remove: true,
    },
  };
  return pino(options, destination);
}

export type HostLog = ReturnType<typeof createLog>;
