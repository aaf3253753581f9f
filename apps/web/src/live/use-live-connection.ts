import { followLive } from "@intake/client/live";
import { trpc, useSessionState } from "@intake/client/react";
import type { LiveNews } from "@intake/core/live/schema";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { spreadNews } from "./live-news";
import { refreshQueries } from "./refresh-queries";

/** Only the tab that holds this lock is connected: browsers allow six connections to a host, and tabs are many. */
const lockName = "intake-live";

/** Keeps everything on the screen as it is on the server while somebody is signed in; one connection serves all tabs. */
export function useLiveConnection(): void {
  const utils = trpc.useUtils();
  const queryClient = useQueryClient();
  const isSignedIn = useSessionState().status === "signed-in";

  useEffect(() => {
    if (!isSignedIn) return;
    const { client, leads } = utils;
    const leaving = new AbortController();
    const refresh = refreshQueries(queryClient);
    const channel = new BroadcastChannel(lockName);
    const take = (news: LiveNews) => {
      spreadNews(news);
      refresh.take(news);
    };
    const tell = (news: LiveNews) => {
      take(news);
      channel.postMessage(news);
    };
    channel.onmessage = ({ data }: MessageEvent<LiveNews>) => take(data);
    // The numbers tell whether something happened between the page's first answers and the connection.
    const catchUp = async () => {
      const before = await leads.totals.ensureData();
      const after = await leads.totals.fetch(undefined, { staleTime: 0 });
      const isSame = before.PENDING === after.PENDING && before.REACHED_OUT === after.REACHED_OUT;
      if (!isSame && !leaving.signal.aborted) take({ changes: [], isMany: true });
    };
    const follow = () =>
      followLive(client, {
        signal: leaving.signal,
        onNews: tell,
        // What fails now comes with the next news.
        onFirst: () => void catchUp().catch(() => undefined),
        onGap: () => tell({ changes: [], isMany: true }),
      });
    // Locks need a secure context; plain http on a host name other than localhost has none.
    const locks: LockManager | null | undefined = navigator.locks;
    const following = locks ? locks.request(lockName, { signal: leaving.signal }, follow) : follow();
    // Left before the lock was free.
    following.catch(() => undefined);
    return () => {
      leaving.abort();
      channel.close();
      refresh.stop();
    };
  }, [utils, queryClient, isSignedIn]);
}
