import { readFailure } from "@intake/client/failure";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { noteReachability } from "./shell/connection";
import { showToast } from "./shell/toast-store";

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: {
      /** The screen shows this mutation's errors in their place. */
      showsItsErrors?: boolean;
      /** The screen shows a CONFLICT with both values. */
      showsConflicts?: boolean;
    };
  }
}

const passing = new Set(["UNREACHABLE", "SERVICE_UNAVAILABLE"]);
const maxRetries = 2;

/** The one place where failed calls are noticed: unreachable → banner, field errors → their field, the rest → a toast. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError(error, query) {
        // Without data the page itself shows the error; silence is told across the top, once for all questions.
        report(error, query.state.data !== undefined && readFailure(error).code !== "UNREACHABLE");
      },
      onSuccess: () => noteReachability(true),
    }),
    mutationCache: new MutationCache({
      onError(error, ...[, , mutation]) {
        const isShown = mutation.meta?.showsConflicts && readFailure(error).currentLead !== undefined;
        report(error, !mutation.meta?.showsItsErrors && !isShown);
      },
      onSuccess: () => noteReachability(true),
    }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        // No polling: a screen left open must not keep a session alive. Coming back to the tab refreshes.
        staleTime: 5_000,
        refetchOnReconnect: true,
        retry: (count, error) => count < maxRetries && passing.has(readFailure(error).code),
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

function report(error: unknown, asToast: boolean): void {
  const failure = readFailure(error);
  noteReachability(failure.code !== "UNREACHABLE");
  // A lost session leads to the sign-in page by itself, a remedy was offered where it was needed.
  if (!asToast || failure.code === "UNAUTHORIZED" || failure.remedy) return;
  showToast({ tone: "bad", text: failure.message, requestId: failure.requestId });
}
