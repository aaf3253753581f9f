import { useSessionState } from "@intake/client/react";
import type { User } from "@intake/core/auth/schema";
import { lazy, Suspense, useEffect, useState } from "react";
import { useSessionEnd } from "./use-session-end";

const loadSignInAgain = () => import("./sign-in-again");
const SignInAgain = lazy(() => loadSignInAgain().then((module) => ({ default: module.SignInAgain })));
const loadEndWarning = () => import("./end-warning");
const EndWarning = lazy(() => loadEndWarning().then((module) => ({ default: module.EndWarning })));
/** Milliseconds until the page has settled. */
const settled = 10_000;

/** Warns before a session ends, and lets its person sign in again over the page they were on. */
export function SessionWatch({ user }: { user: User }) {
  const isSignedIn = useSessionState().status === "signed-in";
  const { end, stay } = useSessionEnd(isSignedIn);
  const [isHeard, setHeard] = useState(false);
  // The next session has an end of its own to be told of.
  if (!isSignedIn && isHeard) setHeard(false);
  // In good time: when the session has ended the server may be out of reach, and what is on the page must not be lost for that.
  useEffect(() => {
    const load = () => Promise.all([loadSignInAgain(), loadEndWarning()]).catch(() => undefined);
    const timer = setTimeout(load, settled);
    return () => clearTimeout(timer);
  }, []);
  if (!isSignedIn)
    return (
      <Suspense fallback={<div className="fixed inset-0 z-(--z-dialog) bg-surface" />}>
        <SignInAgain user={user} />
      </Suspense>
    );
  if (!end || (end.kind === "absolute" && isHeard)) return null;
  return (
    <Suspense>
      <EndWarning end={end} onStay={end.kind === "idle" ? stay : () => setHeard(true)} />
    </Suspense>
  );
}
