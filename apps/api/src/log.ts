import pino from "pino";

/** JSON lines on standard output (security rule 31). Errors keep type, message and stack; whole inputs are never logged. */
export function createLog(level: string) {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: pino.stdSerializers.err, error: pino.stdSerializers.err },
    redact: { paths: ["*.password", "*.accessToken", "*.refreshToken", "*.authorization", "*.cookie"], remove: true },
  });
}

export type HostLog = ReturnType<typeof createLog>;
