import { readFailure } from "@intake/client/failure";
import { useSession } from "@intake/client/react";
import { signInSchema } from "@intake/core/auth/schema";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Notice } from "../parts/notice";
import { usePageTitle } from "../shell/page-title";
import { AuthFrame, authTitle } from "./auth-frame";
import { checkFields, describeFormFailure, type FieldMessages, messagesByField } from "./form-errors";
import { safeNextPath } from "./next-path";
import { PasswordField } from "./password-field";

const route = getRouteApi("/login");

/** Sign-in; goes on to where the person wanted to be. */
export function SignInPage() {
  usePageTitle("Sign in");
  const session = useSession();
  const router = useRouter();
  const { next } = route.useSearch();
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FieldMessages>({});
  const [initial] = useState(session.getState);
  const goOn = () => router.history.replace(safeNextPath(next, location.origin));
  const signIn = useMutation({
    mutationFn: session.signIn,
    meta: { showsItsErrors: true },
    onSuccess: goOn,
    onError: (error) => setErrors(messagesByField(readFailure(error).fieldErrors)),
  });
  useAlreadySignedIn(goOn);
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [errors]);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (signIn.isPending) return;
    const data = new FormData(event.currentTarget);
    const values = { email: String(data.get("email")), password: String(data.get("password")) };
    const problems = checkFields(signInSchema, values) ?? {};
    setErrors(problems);
    if (Object.keys(problems).length === 0) signIn.mutate({ ...values, email: values.email.trim() });
  }

  const failure = signIn.isError ? describeFormFailure(signIn.error, new Date()) : null;
  return (
    <AuthFrame footer="Trouble signing in? Ask your administrator.">
      <form ref={form} onSubmit={submit} noValidate className="grid gap-4">
        <h1 className={authTitle}>Sign in</h1>
        {initial.status === "signed-out" && initial.reason !== "never-signed-in" && !failure ? (
          <Notice tone="info">
            <p>{initial.reason === "ended" ? describeEnd(next) : "You are signed out."}</p>
          </Notice>
        ) : null}
        {failure ? (
          <Notice tone="bad" announce>
            <p>{failure.message}</p>
            {failure.requestId ? <p className="text-xs text-fg-2">Request {failure.requestId}</p> : null}
          </Notice>
        ) : null}
        <Field
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          autoFocus
          error={errors.email}
          className="min-h-10 text-lg"
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          error={errors.password}
        />
        <Button type="submit" look="primary" className="min-h-10 text-md">
          {signIn.isPending ? "Signing in" : "Sign in"}
        </Button>
      </form>
    </AuthFrame>
  );
}

function describeEnd(next: string | undefined): string {
  return next?.includes("/leads/")
    ? "Your session has ended. Sign in to go on; you will return to the lead you had open."
    : "Your session has ended. Sign in to go on; you will return to where you were.";
}

/** Somebody with a living session (or who signed in in another tab) has nothing to do here. */
function useAlreadySignedIn(goOn: () => void): void {
  const session = useSession();
  const latest = useRef(goOn);
  useEffect(() => {
    latest.current = goOn;
  });
  useEffect(() => {
    const look = () => {
      if (session.getState().status === "signed-in") latest.current();
    };
    // Not reachable: the form will say so when it is sent.
    session.ready().then(look, () => undefined);
    return session.subscribe(look);
  }, [session]);
}
