/** A small secret and what it belongs to (a table's column and the row's id): closed for one row it opens for no other. */
export interface Secret {
  place: string;
  text: string;
}

/** Closes small secrets for the database, under the same master keys as files. Throws `StorageUnavailableError` when those are away. */
export interface SecretBox {
  /** What everything begins with that is sealed now; what begins otherwise is under an older key. */
  prefix: string;
  seal(secret: Secret): Promise<string>;
  /** Throws when key, place or text are not the same any more. */
  unseal(sealed: Secret): Promise<string>;
}
