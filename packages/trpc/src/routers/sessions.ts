import { endMyOtherSessions } from "@intake/core/sessions/end-my-other-sessions";
import { endMySession } from "@intake/core/sessions/end-my-session";
import { listMySessions } from "@intake/core/sessions/list-my-sessions";
import { listSignInHistory } from "@intake/core/sessions/list-sign-in-history";
import { readSessionState } from "@intake/core/sessions/read-session-state";
import {
  mySessionSchema,
  sessionIdSchema,
  sessionStateSchema,
  signInEventSchema,
} from "@intake/core/sessions/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { personProcedure } from "../procedures";

export const sessionsRouter = {
  mine: personProcedure.output(z.array(mySessionSchema)).query(({ ctx }) => listMySessions(ctx.core)),

  history: personProcedure.output(z.array(signInEventSchema)).query(({ ctx }) => listSignInHistory(ctx.core)),

  /** Keeps the session alive while somebody works without other calls, and says when it will end. */
  touch: personProcedure
    .input(z.strictObject({}).optional())
    .output(sessionStateSchema)
    .mutation(({ ctx }) => readSessionState(ctx.core)),

  end: personProcedure
    .input(sessionIdSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await endMySession(ctx.core, input);
      return null;
    }),

  endOthers: personProcedure
    .input(z.strictObject({}).optional())
    .output(z.object({ ended: z.int() }))
    .mutation(({ ctx }) => endMyOtherSessions(ctx.core)),
} satisfies TRPCRouterRecord;
