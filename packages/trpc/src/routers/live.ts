import { followLive } from "@intake/core/live/follow-live";
import type { TRPCRouterRecord } from "@trpc/server";
import { staffPersonProcedure } from "../procedures";

export const liveRouter = {
  /** What happens to leads, as it happens, over server-sent events; ids and kinds only. */
  changes: staffPersonProcedure("leads.read").subscription(async function* ({ ctx, signal }) {
    yield* followLive(ctx.core, { signal: signal ?? new AbortController().signal });
  }),
} satisfies TRPCRouterRecord;
