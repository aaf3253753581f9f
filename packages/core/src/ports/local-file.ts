/** A file that was received whole: a small one is held in memory, a larger one lies in a local spool file. */
export type LocalFile = { bytes: Buffer } | { path: string };

/** Files up to so many bytes are held in memory, and sealed in one piece, which is twice as fast; of larger ones no more is ever held. */
export const mostHeldBytes = 256 * 1024;
