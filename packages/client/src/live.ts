import type { LiveNews } from "@intake/core/live/schema";
import type { AppRouter } from "@intake/trpc/router";
import type { TRPCClient } from "@trpc/client";
import { readFailure } from "./failure";

/** Waits between two tries, in milliseconds: doubled from the first to the second. */
const firstWait = 1_000;
const longestWait = 30_000;
/** When the person has too many browsers open. */
const crowdedWait = 60_000;

interface FollowOptions {
  signal: AbortSignal;
  onNews(news: LiveNews): void;
  /** It is heard for the first time: what happened since the page was answered was not. */
  onFirst(): void;
  /** It is heard again after news may have been missed. */
  onGap(): void;
}

type End = "ended" | "crowded" | "denied";

/**
 * Follows what happens to leads, over one connection that is opened again whenever it is lost, until the signal or the end of the session.
 */
export async function followLive(client: TRPCClient<AppRouter>, options: FollowOptions): Promise<void> {
  let failures = 0;
  let hasHeard = false;
  const onStarted = () => {
    if (hasHeard) options.onGap();
    else options.onFirst();
    hasHeard = true;
    failures = 0;
  };
  while (!options.signal.aborted) {
    const end = await followOnce(client, { ...options, onStarted });
    if (end === "denied" || options.signal.aborted) return;
    const wait = end === "crowded" ? crowdedWait : Math.min(longestWait, firstWait * 2 ** failures);
    failures += 1;
    // Not all at once, after a server was started anew.
    await pause(wait * (0.5 + Math.random()), options.signal);
  }
}

function followOnce(
  client: TRPCClient<AppRouter>,
  { signal, onNews, onStarted }: FollowOptions & { onStarted: () => void },
): Promise<End> {
  return new Promise((resolve) => {
    const subscription = client.live.changes.subscribe(undefined, {
      onStarted,
      onData: onNews,
      onError(error) {
        const { code } = readFailure(error);
        if (code === "UNAUTHORIZED" || code === "FORBIDDEN") resolve("denied");
        else resolve(code === "TOO_MANY_REQUESTS" ? "crowded" : "ended");
      },
      onComplete: () => resolve("ended"),
    });
    signal.addEventListener("abort", () => subscription.unsubscribe(), { once: true });
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
