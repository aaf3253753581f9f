/** For how long what was heard matters, in milliseconds: no server further behind is read (`mostLagSeconds` of packages/db/src/replicas.ts). */
const matteringMilliseconds = 60_000;

/** Up to where in the database's log a browser has been told of changes: its calls are answered by a server that is as far. */
export function createHeard() {
  let newest = { upTo: 0, at: Number.NEGATIVE_INFINITY };
  return {
    note(upTo: number): void {
      if (upTo >= newest.upTo) newest = { upTo, at: performance.now() };
    },
    /** Null when nothing was told for a while. */
    upTo: (): number | null => (performance.now() - newest.at < matteringMilliseconds ? newest.upTo : null),
  };
}

export type Heard = ReturnType<typeof createHeard>;
