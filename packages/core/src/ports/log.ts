type Fields = Record<string, unknown>;

/** Structured log: named fields first (ids only, never whole inputs), then the event in a few words. */
export interface Log {
  debug(fields: Fields, message: string): void;
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}
