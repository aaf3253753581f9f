import type { Remedy } from "@intake/core/errors";
import type { AppRouter } from "@intake/trpc/router";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { readFailure } from "./failure";

/** Asks the person for what a refused call needs. True when asking the server again makes sense. */
export type SeekRemedy = (remedy: Remedy) => Promise<boolean>;

/** Repeats a call that was refused with a remedy, once, after the person has provided it: screens need not know. */
export function remedyLink(seekRemedy: SeekRemedy): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let isOver = false;
        let running = next(op).subscribe({ ...observer, error: (error) => void mend(error) });

        async function mend(error: Parameters<typeof observer.error>[0]): Promise<void> {
          const { remedy } = readFailure(error);
          const isMended = remedy !== undefined && (await seekRemedy(remedy).catch(() => false));
          if (isOver) return;
          if (isMended) running = next(op).subscribe(observer);
          else observer.error(error);
        }

        return () => {
          isOver = true;
          running.unsubscribe();
        };
      });
}
