import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import type { AuthenticatorSetup } from "@intake/core/second-factor/schema";
import { type FormEvent, useEffect, useRef } from "react";
import { renderSVG } from "uqr";
import { DialogFrame } from "../parts/dialog-frame";
import { FormButtons } from "../parts/form-buttons";
import { Notice } from "../parts/notice";
import { describeFormFailure, messagesByField } from "../sign-in/form-errors";
import { CodeField } from "./code-field";

interface AuthenticatorSetupProps {
  setup: AuthenticatorSetup;
  onClose: () => void;
  onDone: (recoveryCodes: string[]) => void;
}

/** QR code, the same secret to type, and the first code as proof that the app has it. */
export function AuthenticatorSetupDialog({ setup, onClose, onDone }: AuthenticatorSetupProps) {
  const form = useRef<HTMLFormElement>(null);
  const confirm = trpc.secondFactor.confirmAuthenticator.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  const errors = confirm.isError ? messagesByField(readFailure(confirm.error).fieldErrors) : {};
  const notice = confirm.isError ? describeFormFailure(confirm.error, new Date()) : null;
  useEffect(() => {
    if (confirm.isError) form.current?.querySelector<HTMLInputElement>("[name=code]")?.select();
  }, [confirm.isError]);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!confirm.isPending) confirm.mutate({ code: String(new FormData(event.currentTarget).get("code")) });
  }

  return (
    <DialogFrame title="Set up an authenticator app" onClose={onClose}>
      <form ref={form} onSubmit={submit} noValidate className="grid gap-4">
        <p className="text-fg-2">Scan this with the app on your phone, or type the key into it.</p>
        <img
          src={`data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(setup.uri, { border: 2 }))}`}
          alt="QR code for your authenticator app"
          width={192}
          height={192}
          className="justify-self-center rounded-2 border border-line"
        />
        <p className="text-center">
          <span className="text-xs text-fg-3">Key</span>
          <br />
          <code className="num wrap-anywhere select-all">
            {setup.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}
          </code>
        </p>
        {notice ? (
          <Notice tone="bad" announce>
            <p>{notice.message}</p>
          </Notice>
        ) : null}
        <CodeField error={errors.code} onComplete={() => form.current?.requestSubmit()} />
        <FormButtons send="Confirm" sending="Checking" isSending={confirm.isPending} onCancel={onClose} />
      </form>
    </DialogFrame>
  );
}
