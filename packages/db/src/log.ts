type Fields = Record<string, unknown>;

/** Structured log, the shape of core's port: named fields first, then the event in a few words. */
export interface Log {
  debug(fields: Fields, message: string): void;
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}
