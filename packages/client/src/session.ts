import type { SignedInUser, SignIn, TokenAnswer } from "@intake/core/auth/schema";
import type { SecondFactorNeeded } from "@intake/core/second-factor/schema";
import { readFailure } from "./failure";

/** What the person in front of the screen is to us right now. */
export type SessionState =
  | { status: "unknown" }
  | { status: "signed-in"; user: SignedInUser }
  /** With `ended` the person whose session it was: they can sign in again where they are. */
  | { status: "signed-out"; reason: "never-signed-in" | "ended" | "left"; user?: SignedInUser };

export type Credentials = Pick<SignIn, "email" | "password">;

/** How a session talks to the server. The browser's relies on the cookie, Node's keeps the refresh token itself. */
export interface SessionTransport {
  signIn(credentials: Credentials): Promise<TokenAnswer | SecondFactorNeeded>;
  refresh(): Promise<TokenAnswer>;
  signOut(accessToken: string): Promise<void>;
}

interface SessionOptions {
  transport: SessionTransport;
  /** Cross-tab mutual exclusion; `navigator.locks` in browsers that have it. */
  locks?: Pick<LockManager, "request"> | undefined;
  /** Cross-tab news; a `BroadcastChannel` in browsers. */
  channel?: Pick<BroadcastChannel, "postMessage" | "addEventListener" | "close"> | undefined;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

export interface Session {
  getState(): SessionState;
  subscribe(listener: () => void): () => void;
  /** Finds out once whether somebody is signed in; rejects when the server cannot be reached. */
  ready(): Promise<SessionState>;
  /** A token that is good for a while, refreshed when needed; null when nobody is signed in. */
  accessToken(): Promise<string | null>;
  /** The server refused this token. True when asking again with a new one makes sense. */
  reject(token: unknown): boolean;
  /** Signs in, unless the account has a second factor: then the answer asks for it, and `adopt` takes what that step brings. */
  signIn(credentials: Credentials): Promise<SignedInUser | SecondFactorNeeded>;
  /** Takes over tokens that another call has brought, as the second step or creating the first admin does. */
  adopt(answer: TokenAnswer): void;
  /** Asks for fresh tokens now: the person has changed something about themselves. */
  refresh(): Promise<void>;
  signOut(): Promise<void>;
  /** The time of the session is over: nothing is sent any more until somebody signs in. */
  expire(): void;
  close(): void;
}

type News = { type: "signed-in"; userId: string } | { type: "signed-out" };

// A token this close to its end may expire on the way; milliseconds.
const renewalMargin = 30_000;
const lockName = "intake-refresh";

/**
 * Keeps the access token in memory only and refreshes it at most once at a time, across tabs too:
 * two tabs that spend the same refresh token would look like a theft (detail 4.58).
 */
export function createSession({ transport, locks, channel, now = Date.now }: SessionOptions): Session {
  let state: SessionState = { status: "unknown" };
  let token: { value: string; goodUntil: number } | null = null;
  let refreshing: Promise<void> | null = null;
  // Rises when tokens are taken or dropped on purpose, so that an answer under way cannot undo it.
  let era = 0;
  const listeners = new Set<() => void>();

  function become(next: SessionState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function take(answer: TokenAnswer): void {
    token = { value: answer.accessToken, goodUntil: now() + answer.expiresIn * 1000 };
    const isSame = state.status === "signed-in" && JSON.stringify(state.user) === JSON.stringify(answer.user);
    if (!isSame) become({ status: "signed-in", user: answer.user });
  }

  function drop(reason: "never-signed-in" | "ended" | "left"): void {
    const user = state.status === "signed-in" && reason === "ended" ? { user: state.user } : {};
    token = null;
    become({ status: "signed-out", reason, ...user });
  }

  function alone<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    return locks ? locks.request(lockName, work) : work();
  }

  async function renew(): Promise<void> {
    const startedIn = era;
    try {
      const answer = await alone(() => transport.refresh());
      if (startedIn === era) take(answer);
    } catch (error) {
      if (readFailure(error).code !== "UNAUTHORIZED") throw error;
      if (startedIn === era) drop(state.status === "signed-in" ? "ended" : "never-signed-in");
    }
  }

  function refresh(): Promise<void> {
    refreshing ??= renew().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function accessToken(): Promise<string | null> {
    if (state.status === "signed-out") return null;
    if (!token || token.goodUntil - now() < renewalMargin) {
      const usable = token && token.goodUntil > now() ? token.value : null;
      try {
        await refresh();
      } catch (error) {
        if (usable === null) throw error;
        return usable;
      }
    }
    return token?.value ?? null;
  }

  function adopt(answer: TokenAnswer): void {
    era += 1;
    take(answer);
    tell({ type: "signed-in", userId: answer.user.id });
  }

  function tell(news: News): void {
    channel?.postMessage(news);
  }

  function hear(event: MessageEvent<News>): void {
    const news = event.data;
    if (news.type === "signed-out") {
      era += 1;
      if (state.status !== "signed-out" || state.user) drop("left");
      return;
    }
    const isSomeoneElse = state.status !== "signed-in" || state.user.id !== news.userId;
    if (isSomeoneElse && state.status !== "unknown") {
      era += 1;
      token = null;
      // Unreachable now means: found out with the next call.
      refresh().catch(() => undefined);
    }
  }
  channel?.addEventListener("message", hear);

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async ready() {
      if (state.status === "unknown") await refresh();
      return state;
    },
    accessToken,
    reject(refused) {
      if (typeof refused !== "string" || state.status === "signed-out") return false;
      if (token?.value === refused) token = null;
      return true;
    },
    async signIn(credentials) {
      const answer = await alone(() => transport.signIn(credentials));
      if ("secondFactor" in answer) return answer;
      adopt(answer);
      return answer.user;
    },
    adopt,
    refresh,
    async signOut() {
      try {
        const current = await accessToken();
        if (current !== null) await alone(() => transport.signOut(current));
      } catch (error) {
        // Already ended on the server: that is what was asked for.
        if (readFailure(error).code !== "UNAUTHORIZED") throw error;
      }
      era += 1;
      drop("left");
      tell({ type: "signed-out" });
    },
    expire() {
      era += 1;
      if (state.status === "signed-in") drop("ended");
    },
    close() {
      channel?.close();
      listeners.clear();
    },
  };
}
