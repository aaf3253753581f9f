const firstDelaySeconds = 30;
const longestDelaySeconds = 60 * 60;

/** A mail is tried for seven days, then it is failed and visible (security figures, queue recovery). */
export const giveUpAfterSeconds = 7 * 24 * 60 * 60;

/** Seconds until the next try after attempt `attempt` (1, 2, …): full jitter between 30 s and a bound that doubles up to 1 h. */
export function retryDelaySeconds(attempt: number, random: () => number = Math.random): number {
  const bound = Math.min(longestDelaySeconds, firstDelaySeconds * 2 ** Math.min(attempt, 12));
  return Math.round(firstDelaySeconds + random() * (bound - firstDelaySeconds));
}
