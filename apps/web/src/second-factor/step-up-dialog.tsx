import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import type { StepUpMethods } from "@intake/core/second-factor/schema";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef } from "react";
import { Button } from "../parts/button";
import { DialogFrame } from "../parts/dialog-frame";
import { Notice } from "../parts/notice";
import { describeFormFailure, messagesByField } from "../sign-in/form-errors";
import { PasswordField } from "../sign-in/password-field";
import { answerWithPasskey, describePasskeyFailure, knowsPasskeys } from "./passkeys";
import { settleStepUp } from "./remedy";

/** Asks who is there when a call needs it, and lets the call go on after. One for the whole app. */
export function StepUpDialog() {
  return (
    <DialogFrame title="Confirm that it is you" onClose={() => settleStepUp(false)}>
      <StepUpForm />
    </DialogFrame>
  );
}

function StepUpForm() {
  const ask = trpc.auth.askStepUp.useMutation({ meta: { showsItsErrors: true } });
  const { mutate } = ask;
  useEffect(() => mutate(), [mutate]);
  if (ask.isError)
    return (
      <Notice tone="bad" announce>
        <p>{readFailure(ask.error).message}</p>
      </Notice>
    );
  if (!ask.data) return <p className="text-fg-2">One moment.</p>;
  return <Ways methods={ask.data} />;
}

function Ways({ methods }: { methods: StepUpMethods }) {
  const byPassword = trpc.auth.stepUp.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: () => settleStepUp(true),
  });
  const utils = trpc.useUtils();
  const byPasskey = useMutation({
    meta: { showsItsErrors: true },
    mutationFn: async () => {
      // A question is good for one answer, so each try asks anew.
      const { passkey } = await utils.client.auth.askStepUp.mutate();
      if (passkey) await utils.client.auth.stepUp.mutate(await answerWithPasskey(passkey));
    },
    onSuccess: () => settleStepUp(true),
  });
  const canUsePasskey = methods.passkey !== null && knowsPasskeys();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (byPassword.isError) form.current?.querySelector<HTMLInputElement>("[name=password]")?.select();
  }, [byPassword.isError]);
  const errors = byPassword.isError ? messagesByField(readFailure(byPassword.error).fieldErrors) : {};
  const notice = byPasskey.isError
    ? describePasskeyFailure(byPasskey.error)
    : byPassword.isError
      ? describeFormFailure(byPassword.error, new Date())?.message
      : undefined;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    byPasskey.reset();
    byPassword.mutate({ password: String(new FormData(event.currentTarget).get("password")) });
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-4">
      <p className="text-fg-2">
        {methods.hasPassword || canUsePasskey
          ? "This changes something important. It holds for ten minutes."
          : "You have neither a password nor a passkey here. Sign out, sign in again, and come straight back."}
      </p>
      {notice ? (
        <Notice tone="bad" announce>
          <p>{notice}</p>
        </Notice>
      ) : null}
      {methods.hasPassword ? (
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          autoFocus
          error={errors.password}
        />
      ) : null}
      <div className="flex flex-wrap gap-2">
        {methods.hasPassword ? (
          <Button type="submit" look="primary">
            {byPassword.isPending ? "Checking" : "Confirm"}
          </Button>
        ) : null}
        {canUsePasskey ? (
          <Button
            look={methods.hasPassword ? "outline" : "primary"}
            onPress={() => {
              byPassword.reset();
              byPasskey.mutate();
            }}
          >
            Use a passkey
          </Button>
        ) : null}
        <Button slot="close" look="quiet">
          Cancel
        </Button>
      </div>
    </form>
  );
}
