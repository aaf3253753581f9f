import pino, { type DestinationStream } from "pino";

/**
 * JSON lines on standard output, or wherever `destination` takes them (security rule 31). Errors keep type, message and stack; whole
 * inputs are never logged.
 */
export function createLog(level: string, destination: DestinationStream = pino.destination()) {
  const options = {
    level,
    base: null,
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
