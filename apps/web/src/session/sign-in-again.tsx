import { readFailure } from "@intake/client/failure";
import { trpc, useSession } from "@intake/client/react";
import type { User } from "@intake/core/auth/schema";
import type { SecondFactorNeeded } from "@intake/core/second-factor/schema";
import { useMutation } from "@tanstack/react-query";
import { Link, useRouterState } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "../parts/button";
import { answerWithPasskey, knowsPasskeys } from "../second-factor/passkeys";
import { messagesByField } from "../sign-in/form-errors";
import { FormFailure } from "../sign-in/form-failure";
import { PasswordField } from "../sign-in/password-field";
import { SecondFactorStep } from "../sign-in/second-factor-step";

/**
 * Covers the page of a session that has ended, so that nobody reads on, while everything on it stays as it was: the same person signs in
 * and goes on where they were.
 */
export function SignInAgain({ user }: { user: User }) {
  const session = useSession();
  const [question, setQuestion] = useState<SecondFactorNeeded["secondFactor"] | null>(null);
  return (
    <ModalOverlay
      isOpen
      isKeyboardDismissDisabled
      className="fixed inset-0 z-(--z-dialog) grid items-start justify-items-center overflow-auto bg-surface px-4 pt-[12vh] pb-4"
    >
      <Modal className="rise w-full max-w-104 rounded-3 border border-line bg-raised p-6 shadow-3">
        <Dialog aria-label="Sign in again" className="outline-none">
          {question ? (
            <SecondFactorStep
              question={question}
              onDone={(answer) => session.adopt(answer)}
              onBack={() => setQuestion(null)}
            />
          ) : (
            <PasswordStep user={user} onQuestion={setQuestion} />
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface PasswordStepProps {
  user: User;
  onQuestion: (question: SecondFactorNeeded["secondFactor"]) => void;
}

function PasswordStep({ user, onQuestion }: PasswordStepProps) {
  const session = useSession();
  const next = useRouterState({ select: ({ location }) => location.publicHref });
  const { client } = trpc.useUtils();
  const byPassword = useMutation({
    mutationFn: session.signIn,
    meta: { showsItsErrors: true },
    onSuccess: (outcome) => {
      if ("secondFactor" in outcome) onQuestion(outcome.secondFactor);
    },
  });
  const byPasskey = useMutation({
    meta: { showsItsErrors: true },
    mutationFn: async () => {
      const signed = await answerWithPasskey(await client.auth.askPasskey.mutate());
      session.adopt(await client.auth.loginByPasskey.mutate(signed));
    },
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    byPasskey.reset();
    if (!byPassword.isPending) byPassword.mutate({ email: user.email, password });
  }

  const errors = byPassword.isError ? messagesByField(readFailure(byPassword.error).fieldErrors) : {};
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <div className="grid gap-1">
        <Heading slot="title" className="text-lg font-semibold">
          Sign in again
        </Heading>
        <p className="text-fg-2">
          Your session has ended. The page you were on waits behind this, as you left it.
        </p>
      </div>
      <FormFailure error={byPassword.error ?? byPasskey.error} />
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">{user.name}</p>
        <p className="text-fg-2 wrap-anywhere">{user.email}</p>
      </div>
      {/* For password managers. */}
      <input type="email" name="email" autoComplete="username" defaultValue={user.email} readOnly hidden />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        autoFocus
        error={errors.password}
      />
      <Button type="submit" look="primary" className="min-h-10 text-md">
        {byPassword.isPending ? "Signing in" : "Sign in"}
      </Button>
      {knowsPasskeys() ? (
        <Button className="min-h-10 text-md" onPress={() => byPasskey.mutate()}>
          <KeyRound size={16} strokeWidth={1.75} aria-hidden />
          Sign in with a passkey
        </Button>
      ) : null}
      <p className="text-xs">
        <Link to="/login" search={{ next }}>
          Sign in as somebody else, or another way
        </Link>
      </p>
    </form>
  );
}
