import { type Failure, readFailure } from "@intake/client/failure";
import { trpc, useSession } from "@intake/client/react";
import { signInSchema } from "@intake/core/auth/schema";
import type { SecondFactorNeeded } from "@intake/core/second-factor/schema";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button, buttonClass } from "../parts/button";
import { Field } from "../parts/field";
import { Notice } from "../parts/notice";
import { answerWithPasskey, describePasskeyFailure, knowsPasskeys } from "../second-factor/passkeys";
import { usePageTitle } from "../shell/page-title";
import { AuthFrame, authTitle } from "./auth-frame";
import { checkFields, describeFormFailure, type FieldMessages, messagesByField } from "./form-errors";
import { safeNextPath } from "./next-path";
import { PasswordField } from "./password-field";
import { SecondFactorStep } from "./second-factor-step";

const route = getRouteApi("/login");

/** Sign-in, in one step or two; goes on to where the person wanted to be. */
export function SignInPage() {
  usePageTitle("Sign in");
  const session = useSession();
  const router = useRouter();
  const { next, sso } = route.useSearch();
  const { data: ways } = trpc.auth.ways.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FieldMessages>({});
  const [initial] = useState(session.getState);
  const goOn = () => router.history.replace(safeNextPath(next, location.origin));
  const [question, setQuestion] = useState<SecondFactorNeeded["secondFactor"] | null>(null);
  const [ended, setEnded] = useState<string>();
  const signIn = useMutation({
    mutationFn: session.signIn,
    meta: { showsItsErrors: true },
    onSuccess: (outcome) => {
      if (!("secondFactor" in outcome)) return goOn();
      setEnded(undefined);
      setQuestion(outcome.secondFactor);
    },
    onError: (error) => setErrors(messagesByField(readFailure(error).fieldErrors)),
  });
  const { client } = trpc.useUtils();
  const byPasskey = useMutation({
    meta: { showsItsErrors: true },
    mutationFn: async () => {
      const signed = await answerWithPasskey(await client.auth.askPasskey.mutate());
      session.adopt(await client.auth.loginByPasskey.mutate(signed));
    },
    onSuccess: goOn,
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
    byPasskey.reset();
    if (Object.keys(problems).length === 0) signIn.mutate({ ...values, email: values.email.trim() });
  }

  if (question)
    return (
      <AuthFrame footer={footer}>
        <SecondFactorStep
          question={question}
          onDone={(answer) => {
            session.adopt(answer);
            goOn();
          }}
          onBack={(message) => {
            setQuestion(null);
            setEnded(message);
          }}
        />
      </AuthFrame>
    );
  const failure = describeFailure({
    ended: ended ?? (sso && ssoRefused),
    signIn: signIn.error,
    byPasskey: byPasskey.error,
  });
  return (
    <AuthFrame footer={footer}>
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
        {knowsPasskeys() ? (
          <Button className="min-h-10 text-md" onPress={() => byPasskey.mutate()}>
            <KeyRound size={16} strokeWidth={1.75} aria-hidden />
            Use a passkey
          </Button>
        ) : null}
        {ways?.singleSignOn ? (
          <a
            href={`/api/auth/sso/start${next ? `?next=${encodeURIComponent(next)}` : ""}`}
            className={`${buttonClass()} min-h-10 text-md`}
          >
            Sign in with {ways.singleSignOn}
          </a>
        ) : null}
        <Link to="/forgot" className="justify-self-start">
          Forgot password?
        </Link>
      </form>
    </AuthFrame>
  );
}

const ssoRefused =
  "Single sign-on did not let you in. Try again, sign in with your password, or ask your administrator.";
const footer = "Trouble signing in? Ask your administrator.";

/** What stands above the form: the newest reason why nobody is signed in yet. */
function describeFailure(from: {
  ended: string | undefined;
  signIn: unknown;
  byPasskey: unknown;
}): Pick<Failure, "message" | "requestId"> | null {
  if (from.signIn) return describeFormFailure(from.signIn, new Date());
  if (from.byPasskey) return { message: describePasskeyFailure(from.byPasskey) };
  return from.ended === undefined ? null : { message: from.ended };
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
