import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import type { TokenAnswer } from "@intake/core/auth/schema";
import type { SecondFactorMethod, SecondFactorNeeded } from "@intake/core/second-factor/schema";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Notice } from "../parts/notice";
import { CodeField } from "../second-factor/code-field";
import { answerWithPasskey, describePasskeyFailure } from "../second-factor/passkeys";
import { authTitle } from "./auth-frame";
import { describeFormFailure, messagesByField } from "./form-errors";

interface SecondFactorStepProps {
  question: SecondFactorNeeded["secondFactor"];
  onDone: (answer: TokenAnswer) => void;
  /** Back to the password; with a message when the server has ended this sign-in. */
  onBack: (message?: string) => void;
}

const titles: Record<SecondFactorMethod, string> = {
  authenticator: "Enter the six digits",
  passkey: "Use your passkey",
  "recovery-code": "Enter a recovery code",
};
const about: Record<SecondFactorMethod, string> = {
  authenticator: "From the authenticator app on your phone, entry “Intake”.",
  passkey: "Your browser asks for fingerprint, face, PIN or security key.",
  "recovery-code": "One of the ten you kept when you set up your second factor. Each works once.",
};
const otherWays: Record<SecondFactorMethod, string> = {
  authenticator: "Use the authenticator app",
  passkey: "Use a passkey",
  "recovery-code": "Use a recovery code",
};

/** The second step of signing in, for the sign-in page and wherever else a password has just been accepted. */
export function SecondFactorStep({ question, onDone, onBack }: SecondFactorStepProps) {
  const [method, setMethod] = useState<SecondFactorMethod>(question.methods[0] ?? "recovery-code");
  const form = useRef<HTMLFormElement>(null);
  const { client } = trpc.useUtils();
  const verify = useMutation({
    meta: { showsItsErrors: true },
    mutationFn: async (answer: { code?: string; recoveryCode?: string }) => {
      const { token } = question;
      if (method !== "passkey") return client.auth.verifySecondFactor.mutate({ token, ...answer });
      const signed = await answerWithPasskey(await client.auth.askSecondFactorPasskey.mutate({ token }));
      return client.auth.verifySecondFactor.mutate(signed);
    },
    onSuccess: onDone,
    onError: (error) => {
      const failure = readFailure(error);
      if (failure.code === "UNAUTHORIZED") onBack(failure.message);
    },
  });
  const errors = verify.isError ? messagesByField(readFailure(verify.error).fieldErrors) : {};
  useEffect(() => {
    if (verify.isError) form.current?.querySelector<HTMLInputElement>("input")?.select();
  }, [verify.isError]);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (verify.isPending) return;
    const typed = String(
      new FormData(event.currentTarget).get(method === "authenticator" ? "code" : "recovery-code"),
    );
    verify.mutate(method === "authenticator" ? { code: typed } : { recoveryCode: typed });
  }

  const notice = describeNotice(method, verify.error);
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-4">
      <div className="grid gap-2">
        <h1 className={authTitle}>{titles[method]}</h1>
        <p className="text-fg-2">{about[method]}</p>
      </div>
      {notice ? (
        <Notice tone="bad" announce>
          <p>{notice}</p>
        </Notice>
      ) : null}
      {method === "authenticator" ? (
        <CodeField error={errors.code} onComplete={() => form.current?.requestSubmit()} />
      ) : null}
      {method === "recovery-code" ? (
        <Field
          label="Recovery code"
          name="recovery-code"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          placeholder="xxxxx-xxxxx"
          error={errors.recoveryCode}
          className="num min-h-10 text-lg"
        />
      ) : null}
      <Button type="submit" look="primary" className="min-h-10 text-md" autoFocus={method === "passkey"}>
        {verify.isPending ? "Checking" : method === "passkey" ? "Use a passkey" : "Continue"}
      </Button>
      <p className="flex flex-wrap gap-x-4 gap-y-2 text-xs">
        {question.methods
          .filter((other) => other !== method)
          .map((other) => (
            <LinkButton
              key={other}
              onClick={() => {
                verify.reset();
                setMethod(other);
              }}
            >
              {otherWays[other]}
            </LinkButton>
          ))}
        <LinkButton onClick={() => onBack()}>Back to sign-in</LinkButton>
      </p>
    </form>
  );
}

function describeNotice(method: SecondFactorMethod, error: unknown): string | null {
  if (!error) return null;
  if (method === "passkey") return describePasskeyFailure(error);
  return describeFormFailure(error, new Date())?.message ?? null;
}

function LinkButton({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-6 text-ink underline underline-offset-2 hover:text-ink-hover pointer-coarse:min-h-(--touch-h)"
    >
      {children}
    </button>
  );
}
