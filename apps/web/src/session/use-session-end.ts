import { trpc, usePresence, useSession } from "@intake/client/react";
import { useEffect, useRef, useState } from "react";
import { nearingEnd, type SessionEnd } from "./session-end";

const signs = ["keydown", "pointerdown", "pointermove", "touchstart", "wheel"] as const;
/** The server hears of somebody who works without calls at most this often, in milliseconds. */
const touchEvery = 60_000;

/**
 * Follows the session's end: notes what people do, tells the server of it, counts down the last two minutes and ends the session on time.
 * While the warning is shown only `stay` counts, in whichever tab, so that a nudged table keeps nobody signed in.
 */
export function useSessionEnd(isSignedIn: boolean): { end: SessionEnd | null; stay: () => void } {
  const session = useSession();
  const presence = usePresence();
  const [end, setEnd] = useState<SessionEnd | null>(null);
  const times = useRef({ absoluteEnd: Number.POSITIVE_INFINITY, touchedAt: 0, isWarned: false });
  const { mutate } = trpc.sessions.touch.useMutation({
    // Silent: the next one comes in a minute, and a lost connection has its own banner.
    meta: { showsItsErrors: true },
    onSuccess: ({ absoluteEndsIn }) => {
      times.current.absoluteEnd = Date.now() + absoluteEndsIn * 1000;
    },
  });

  useEffect(() => {
    if (!presence || !isSignedIn) return;
    const watched = times.current;
    const touch = () => {
      watched.touchedAt = Date.now();
      mutate({});
    };
    const tick = () => {
      const now = Date.now();
      const next = nearingEnd({ now, lastAt: presence.lastAt(), absoluteEnd: watched.absoluteEnd });
      watched.isWarned = next?.kind === "idle";
      setEnd(next);
      if (next?.secondsLeft === 0) session.expire();
      else if (presence.lastAt() > watched.touchedAt && now - watched.touchedAt >= touchEvery) touch();
    };
    const note = () => {
      if (!watched.isWarned) presence.note();
    };
    const look = () => {
      // Back after sleep: over is over before the first movement counts.
      tick();
      if (document.visibilityState === "hidden" && presence.lastAt() > watched.touchedAt) touch();
    };
    // Coming in is activity, and what is known of an earlier session's end no longer counts.
    presence.note();
    watched.absoluteEnd = Number.POSITIVE_INFINITY;
    touch();
    const timer = setInterval(tick, 1_000);
    for (const sign of signs) addEventListener(sign, note, { capture: true, passive: true });
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      for (const sign of signs) removeEventListener(sign, note, { capture: true });
      document.removeEventListener("visibilitychange", look);
      setEnd(null);
    };
  }, [presence, session, mutate, isSignedIn]);

  const stay = () => {
    presence?.note();
    times.current.touchedAt = Date.now();
    mutate({});
    setEnd(null);
  };
  return { end, stay };
}
