import type { User } from "@intake/core/auth/schema";
import type { AppRouter } from "@intake/trpc/router";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCReact } from "@trpc/react-query";
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from "react";
import { createLinks } from "./links";
import type { Session, SessionState } from "./session";

/** Typed hooks for every procedure: `trpc.leads.list.useQuery(…)`. */
export const trpc = createTRPCReact<AppRouter>();

const SessionContext = createContext<Session | null>(null);

interface IntakeProviderProps {
  session: Session;
  queryClient: QueryClient;
  /** Address of the tRPC mount. */
  url?: string;
  children: ReactNode;
}

/** Gives the tree the hooks and the session, and forgets everything loaded when another person signs in. */
export function IntakeProvider({ session, queryClient, url = "/trpc", children }: IntakeProviderProps) {
  const [client] = useState(() => trpc.createClient({ links: createLinks({ url, session }) }));
  useEffect(() => forgetOnChange(session, queryClient), [session, queryClient]);
  return (
    <SessionContext value={session}>
      <trpc.Provider client={client} queryClient={queryClient} abortOnUnmount>
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </trpc.Provider>
    </SessionContext>
  );
}

function forgetOnChange(session: Session, queryClient: QueryClient): () => void {
  let knownId = signedInId(session.getState());
  return session.subscribe(() => {
    const leftId = knownId;
    knownId = signedInId(session.getState());
    if (leftId === null || leftId === knownId) return;
    if (knownId === null) queryClient.clear();
    // Another person in the same tab: what is on the screen is asked for anew.
    else void queryClient.resetQueries();
  });
}

function signedInId(state: SessionState): string | null {
  return state.status === "signed-in" ? state.user.id : null;
}

/** The session itself, to sign in, sign out or fetch with. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession needs an IntakeProvider above it.");
  return session;
}

/** Who is signed in, followed live; null when nobody is. */
export function useUser(): User | null {
  const session = useSession();
  const state = useSyncExternalStore(session.subscribe, session.getState);
  return state.status === "signed-in" ? state.user : null;
}
