import type { SignedInUser } from "@intake/core/auth/schema";
import type { AppRouter } from "@intake/trpc/router";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, type TRPCClient } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from "react";
import type { Heard } from "./heard";
import { createLinks } from "./links";
import type { Presence } from "./presence";
import type { SeekRemedy } from "./remedy-link";
import type { Session, SessionState } from "./session";

/** Typed hooks for every procedure: `trpc.leads.list.useQuery(…)`. */
export const trpc = createTRPCReact<AppRouter>();

const SessionContext = createContext<Session | null>(null);
const PresenceContext = createContext<Presence | null>(null);

/** Every procedure, to be called outside of hooks. */
export type IntakeClient = TRPCClient<AppRouter>;

interface ClientOptions {
  session: Session;
  /** Address of the tRPC mount. */
  url?: string;
  /** Whether somebody is at the screen: calls that it makes by itself keep no session alive. */
  presence?: Presence;
  /** Asks the person for what a refused call needs, such as their password; the call is repeated then. */
  seekRemedy?: SeekRemedy;
  /** Hears the id of every request on its way. */
  onRequest?: (id: string) => void;
  /** What the screen was told of changes, so that no answer is older. */
  heard?: Pick<Heard, "upTo">;
}

interface IntakeProviderProps extends ClientOptions {
  queryClient: QueryClient;
  /** One made before by `createReactClient`, for an app that calls before it renders. */
  client?: IntakeClient;
  children: ReactNode;
}

/** The client that `IntakeProvider` makes for itself when it gets none. */
export function createReactClient({
  session,
  url = "/trpc",
  presence,
  seekRemedy,
  onRequest,
  heard,
}: ClientOptions): IntakeClient {
  return createTRPCClient<AppRouter>({
    links: createLinks({ url, session, idleSeconds: presence?.idleSeconds, seekRemedy, onRequest, heard }),
  });
}

/** Gives the tree the hooks and the session, and forgets everything loaded when another person signs in. */
export function IntakeProvider({ queryClient, client: given, children, ...options }: IntakeProviderProps) {
  const { session, presence } = options;
  const [client] = useState(() => given ?? createReactClient(options));
  useEffect(() => forgetOnChange(session, queryClient), [session, queryClient]);
  return (
    <SessionContext value={session}>
      <PresenceContext value={presence ?? null}>
        <trpc.Provider client={client} queryClient={queryClient} abortOnUnmount>
          <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
        </trpc.Provider>
      </PresenceContext>
    </SessionContext>
  );
}

function forgetOnChange(session: Session, queryClient: QueryClient): () => void {
  let knownId = signedInId(session.getState());
  let hasEnded = false;
  return session.subscribe(() => {
    const state = session.getState();
    // Ended while somebody works: what they see and write waits until they, or somebody else, sign in again.
    if (state.status === "signed-out" && state.reason === "ended") {
      hasEnded = true;
      return;
    }
    const leftId = knownId;
    knownId = signedInId(state);
    if (hasEnded && leftId === knownId) void queryClient.invalidateQueries();
    hasEnded = false;
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

/** What the person in front of the screen is to us, followed live. */
export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.getState);
}

/** Who is signed in, followed live; also whose session has just ended under their hands. Null when nobody is. */
export function useUser(): SignedInUser | null {
  const state = useSessionState();
  if (state.status === "signed-in") return state.user;
  return state.status === "signed-out" ? (state.user ?? null) : null;
}

/** Whether somebody is at the screen; null when the app does not watch for it. */
export function usePresence(): Presence | null {
  return use(PresenceContext);
}
