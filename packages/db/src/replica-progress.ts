/** What a position of the log on the primary tells: when it was there. */
interface Sample {
  position: number;
  at: number;
}

/** So many samples, one a second, are kept for a replica to catch up with. */
const mostSamples = 300;

/**
 * How far one replica has come, from what it and the primary say. Positions are bytes of the write-ahead log, times are seconds of this
 * process, so that no other clock matters: the lag is the age of the newest moment of the primary that the replica surely shows.
 */
export function createReplicaProgress(startedAt: number) {
  let position: number | null = null;
  /** Where it stood when it was further than the primary. */
  let strayedAt: number | null = null;
  let shownAt = startedAt;
  let hasShown = false;
  let ahead: Sample[] = [];

  function pass(): void {
    const reached = position;
    if (reached === null) return;
    const passed = ahead.filter((sample) => sample.position <= reached).at(-1);
    if (!passed) return;
    ahead = ahead.filter((sample) => sample.position > reached);
    shownAt = passed.at;
    hasShown = true;
  }

  return {
    /** What the replica itself says. */
    reached(at: number): void {
      position = at;
      pass();
    },
    /** It does not answer, or is no replica any more. */
    fellSilent(): void {
      position = null;
    },
    /** Where the primary was at this time; `known` is what had been known of the replica before the primary was asked. */
    primaryWas(sample: Sample, known: number | null): void {
      // Nobody can follow further than there is to follow: it belongs to another past, as after a restore to an earlier moment.
      if (known !== null && known > sample.position) strayedAt = known;
      ahead = [...ahead, sample].slice(-mostSamples);
    },
    position: () => position,
    /** Seconds; 0 when it shows everything. */
    lagSeconds: (now: number) => (hasShown && ahead.length === 0 ? 0 : now - shownAt),
    /** Whether it may be read at all, however recent the reader's own changes are. */
    isUsable(now: number, mostLagSeconds: number): boolean {
      const isLate = ahead.length > 0 && now - shownAt > mostLagSeconds;
      return hasShown && position !== null && position !== strayedAt && !isLate;
    },
    shows: (upTo: number) => position !== null && position >= upTo,
  };
}
