import type { Context } from "../context";

/** One way in which something is erased, and how a database that came back from before forgets it again. */
export interface Erasure {
  /** For the log: `lead`, `prospect`. */
  name: string;
  /**
   * Erases again whatever is here although it was erased, as told by a record outside of the database, and returns how many those were.
   * It runs at every start, on several instances at once: what is gone already is none of its business.
   */
  replay(ctx: Context): Promise<number>;
}

/** Whoever lets people erase something adds its replay here, or a restore brings it back. So far nothing can be erased. */
const erasures: Erasure[] = [];

/**
 * Erases again, before anything is served or worked through, what a restored database has back (security rule 30). Throws when one of
 * them cannot: then nobody is to see what is there.
 */
export async function replayErasures(ctx: Context, known: Erasure[] = erasures): Promise<number> {
  let total = 0;
  for (const { name, replay } of known) {
    const replayed = await replay(ctx);
    if (replayed > 0) ctx.log.warn({ erasure: name, replayed }, "erased again after a restore");
    total += replayed;
  }
  return total;
}
