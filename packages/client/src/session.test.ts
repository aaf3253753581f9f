import type { TokenAnswer } from "@intake/core/auth/schema";
import { describe, expect, test, vi } from "vitest";
import { CallFailed } from "./failure";
import { createSession, type SessionTransport } from "./session";

const ana = {
  id: "0193f5a0-0000-7000-8000-000000000001",
  email: "ana@firm.co",
  name: "Ana Sørensen",
  role: "ATTORNEY" as const,
  timeZone: "Europe/London",
  seesResumes: true,
};
const refused = () => new CallFailed({ code: "UNAUTHORIZED", message: "Sign in to go on.", fieldErrors: [] });
const credentials = { email: "ana@firm.co", password: "correct horse battery" };

function tokens(value: string, user = ana): TokenAnswer {
  return { accessToken: value, tokenType: "Bearer", expiresIn: 300, user };
}

/** A session over a server that hands out `token-1`, `token-2` … and a clock that tests move. */
function setUp({ refresh }: Partial<Pick<SessionTransport, "refresh">> = {}) {
  const clock = { now: 1_000_000 };
  let issued = 0;
  const next = async () => {
    issued += 1;
    return tokens(`token-${issued}`);
  };
  const transport = {
    signIn: vi.fn(next),
    refresh: vi.fn(next),
    signOut: vi.fn(async (_accessToken: string) => undefined),
  };
  if (refresh) transport.refresh.mockImplementation(refresh);
  return { clock, transport, session: createSession({ transport, now: () => clock.now }) };
}

describe("access token", () => {
  test("many callers at once cause one refresh", async () => {
    const { session, transport } = setUp();
    const all = await Promise.all(Array.from({ length: 20 }, () => session.accessToken()));
    expect(new Set(all)).toEqual(new Set(["token-1"]));
    expect(transport.refresh).toHaveBeenCalledTimes(1);
  });

  test("is renewed half a minute before its end, not earlier", async () => {
    const { session, clock } = setUp();
    await session.accessToken();
    clock.now += 269_000;
    expect(await session.accessToken()).toBe("token-1");
    clock.now += 2_000;
    expect(await session.accessToken()).toBe("token-2");
  });

  test("is still used when renewing fails but it is good", async () => {
    const { session, clock, transport } = setUp();
    await session.accessToken();
    transport.refresh.mockRejectedValue(new TypeError("Failed to fetch"));
    clock.now += 280_000;
    expect(await session.accessToken()).toBe("token-1");
    clock.now += 30_000;
    await expect(session.accessToken()).rejects.toThrow("Failed to fetch");
    expect(session.getState().status).toBe("signed-in");
  });

  test("a late 401 for an old token does not throw away the new one", async () => {
    const { session, transport } = setUp();
    const old = await session.accessToken();
    expect(session.reject(old)).toBe(true);
    expect(await session.accessToken()).toBe("token-2");
    session.reject(old);
    expect(await session.accessToken()).toBe("token-2");
    expect(transport.refresh).toHaveBeenCalledTimes(2);
  });

  test("a call without a token is never asked again", () => {
    expect(setUp().session.reject(undefined)).toBe(false);
  });
});

describe("who is signed in", () => {
  test("nobody, when the server says so; and it is asked once", async () => {
    const { session, transport } = setUp({ refresh: () => Promise.reject(refused()) });
    expect(await session.ready()).toEqual({ status: "signed-out", reason: "never-signed-in" });
    expect(await session.accessToken()).toBeNull();
    expect(transport.refresh).toHaveBeenCalledTimes(1);
  });

  test("an ended session is told apart from a first visit", async () => {
    const { session, transport, clock } = setUp();
    await session.ready();
    transport.refresh.mockRejectedValue(refused());
    clock.now += 600_000;
    expect(await session.accessToken()).toBeNull();
    expect(session.getState()).toEqual({ status: "signed-out", reason: "ended", user: ana });
  });

  test("a session whose time is over sends nothing any more, until somebody signs in", async () => {
    const { session, transport } = setUp();
    await session.ready();
    session.expire();
    expect(await session.accessToken()).toBeNull();
    expect(transport.refresh).toHaveBeenCalledTimes(1);
    await session.signIn(credentials);
    expect(session.getState()).toEqual({ status: "signed-in", user: ana });
  });

  test("a server that does not answer signs nobody out", async () => {
    const { session } = setUp({ refresh: () => Promise.reject(new TypeError("Failed to fetch")) });
    await expect(session.ready()).rejects.toThrow();
    expect(session.getState().status).toBe("unknown");
  });

  test("an answer that was under way cannot undo signing out", async () => {
    const gate = Promise.withResolvers<TokenAnswer>();
    const { session, transport, clock } = setUp();
    await session.signIn(credentials);
    transport.refresh.mockReturnValueOnce(gate.promise);
    clock.now += 280_000;
    const pending = session.accessToken();
    const leaving = session.signOut();
    gate.resolve(tokens("late"));
    await Promise.all([pending, leaving]);
    expect(session.getState()).toEqual({ status: "signed-out", reason: "left" });
    expect(await session.accessToken()).toBeNull();
  });

  test("signing out of a session that has ended already is no error", async () => {
    const { session, transport } = setUp();
    await session.ready();
    transport.signOut.mockRejectedValue(refused());
    await session.signOut();
    expect(session.getState().status).toBe("signed-out");
  });

  test("a failed sign-out leaves the person signed in, so that nobody walks away from an open session", async () => {
    const { session, transport } = setUp();
    await session.ready();
    transport.signOut.mockRejectedValue(new TypeError("Failed to fetch"));
    await expect(session.signOut()).rejects.toThrow();
    expect(session.getState().status).toBe("signed-in");
  });

  test("listeners hear changes of state only, not each new token", async () => {
    const { session } = setUp();
    const listener = vi.fn();
    session.subscribe(listener);
    session.reject(await session.accessToken());
    await session.accessToken();
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe("several tabs", () => {
  test("never spend the refresh token at the same time", async () => {
    let busy = 0;
    let peak = 0;
    let queue: Promise<unknown> = Promise.resolve();
    const locks = {
      request: (_name: string, work: unknown) => {
        queue = queue.then(() => (typeof work === "function" ? work(null) : undefined));
        return queue;
      },
    };
    const refresh = async () => {
      busy += 1;
      peak = Math.max(peak, busy);
      await Promise.resolve();
      busy -= 1;
      return tokens("t");
    };
    const tabs = [1, 2, 3].map(() =>
      createSession({ transport: { ...setUp().transport, refresh }, locks: asLocks(locks) }),
    );
    await Promise.all(tabs.map((tab) => tab.accessToken()));
    expect(peak).toBe(1);
  });

  test("hear of signing in and out elsewhere", async () => {
    const name = `test-${Math.random()}`;
    const here = createSession({ transport: setUp().transport, channel: new BroadcastChannel(name) });
    const there = createSession({ transport: setUp().transport, channel: new BroadcastChannel(name) });
    await Promise.all([here.ready(), there.ready()]);
    await here.signOut();
    await vi.waitFor(() => expect(there.getState()).toEqual({ status: "signed-out", reason: "left" }));
    await here.signIn(credentials);
    await vi.waitFor(() => expect(there.getState().status).toBe("signed-in"));
    here.close();
    there.close();
  });
});

/** The one overload of `LockManager.request` that the session uses. */
function asLocks(locks: {
  request: (name: string, work: unknown) => Promise<unknown>;
}): Pick<LockManager, "request"> {
  return locks;
}
