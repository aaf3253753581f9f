import { useEffect, useEffectEvent } from "react";

/** Calls back when the browser reports a connection again, as long as someone waits for one. */
export function useOnlineAgain(isWanted: boolean, onOnline: () => void) {
  const notify = useEffectEvent(onOnline);
  useEffect(() => {
    if (!isWanted) return;
    const listen = () => notify();
    window.addEventListener("online", listen);
    return () => window.removeEventListener("online", listen);
  }, [isWanted]);
}
