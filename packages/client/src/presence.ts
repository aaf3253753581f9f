/** Milliseconds between two messages to the other tabs. */
const tellEvery = 1_000;

interface PresenceOptions {
  /** Cross-tab news; a `BroadcastChannel` in browsers. */
  channel?: Pick<BroadcastChannel, "postMessage" | "addEventListener" | "close"> | undefined;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** When somebody last touched a key, mouse or screen in any tab of this browser. */
export interface Presence {
  /** Somebody did just now. */
  note(): void;
  /** Milliseconds since the epoch. */
  lastAt(): number;
  idleSeconds(): number;
  close(): void;
}

/** Opening a tab counts as activity. */
export function createPresence({ channel, now = Date.now }: PresenceOptions = {}): Presence {
  let last = now();
  let told = 0;
  channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    // Never later than now: a wrong message must not make activity of the future.
    if (typeof data === "number") last = Math.max(last, Math.min(data, now()));
  });
  return {
    note() {
      last = now();
      if (last - told < tellEvery) return;
      told = last;
      channel?.postMessage(last);
    },
    lastAt: () => last,
    idleSeconds: () => Math.max(0, (now() - last) / 1000),
    close: () => channel?.close(),
  };
}
