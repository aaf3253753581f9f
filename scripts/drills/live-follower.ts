import { setTimeout as delay } from "node:timers/promises";
import { signIn } from "../bench/staff-session";

/** Somebody who has the dashboard open: hears what happens to leads, and connects again whenever the stream ends. */
export interface Follower {
  /** When each lead was first heard of, in milliseconds. */
  heard: Map<string, number>;
  /** When it connected or was told to look at everything anew, in milliseconds. */
  lookedAnew: number[];
  stop(): Promise<void>;
}

/** What a browser waits before it connects again, in milliseconds. */
const pauseMilliseconds = 1_000;

export function startFollowing(url: string, credentials: { email: string; password: string }): Follower {
  const leaving = new AbortController();
  const heard = new Map<string, number>();
  const lookedAnew: number[] = [];

  function take(text: string): void {
    for (const [, id = ""] of text.matchAll(/"leadId":"([0-9a-f-]{36})"/g))
      if (!heard.has(id)) heard.set(id, Date.now());
    // Who was away asks for what is on its screen, as after a gap.
    if (/event: connected|"isMany":true/.test(text)) lookedAnew.push(Date.now());
  }

  async function follow(): Promise<void> {
    const session = await signIn(url, credentials);
    for (;;) {
      const headers = { Authorization: `Bearer ${await session.accessToken()}` };
      const answer = await fetch(`${url}/trpc/live.changes`, { headers, signal: leaving.signal });
      const pieces = answer.body?.pipeThrough(new TextDecoderStream());
      try {
        for await (const piece of pieces ?? []) take(piece);
      } catch {
        // The connection broke: it is opened again.
      }
      await delay(pauseMilliseconds, undefined, { signal: leaving.signal });
    }
  }

  async function keepFollowing(): Promise<void> {
    while (!leaving.signal.aborted) {
      await follow().catch(() => undefined);
      await delay(pauseMilliseconds, undefined, { signal: leaving.signal }).catch(() => undefined);
    }
  }

  const following = keepFollowing();
  return {
    ...{ heard, lookedAnew },
    async stop() {
      leaving.abort();
      await following;
    },
  };
}
