import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { passkeyNameSchema, type SecondFactorState } from "@intake/core/second-factor/schema";
import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../parts/button";
import { DialogFrame } from "../parts/dialog-frame";
import { Field } from "../parts/field";
import { FormButtons } from "../parts/form-buttons";
import { Notice } from "../parts/notice";
import { Section } from "../settings/section";
import { describeFormFailure, messagesByField } from "../sign-in/form-errors";
import { Moment } from "../time/moment";
import { describePasskeyFailure, knowsPasskeys, makePasskey } from "./passkeys";

type Passkey = SecondFactorState["passkeys"][number];

interface PasskeyListProps {
  passkeys: Passkey[];
  /** Something has changed; the first factor of all brings recovery codes. */
  onChange: (recoveryCodes: string[]) => void;
}

/** The person's passkeys: add, rename, remove. */
export function PasskeyList({ passkeys, onChange }: PasskeyListProps) {
  const [renamed, setRenamed] = useState<Passkey | null>(null);
  const utils = trpc.useUtils();
  const add = useMutation({
    meta: { showsItsErrors: true },
    mutationFn: async () => {
      const made = await makePasskey(await utils.client.secondFactor.askNewPasskey.mutate());
      const name = `Passkey ${passkeys.length + 1}`;
      return utils.client.secondFactor.addPasskey.mutate({ ...made, name });
    },
    onSuccess: ({ recoveryCodes }) => onChange(recoveryCodes),
  });
  const remove = trpc.secondFactor.removePasskey.useMutation({ onSuccess: () => onChange([]) });
  return (
    <Section
      title="Passkeys"
      about="Sign in by fingerprint, face or security key, without a password. A passkey is both factors at once."
      actions={
        knowsPasskeys() ? (
          <Button isDisabled={add.isPending} onPress={() => add.mutate()}>
            <KeyRound size={16} strokeWidth={1.75} aria-hidden />
            Add a passkey
          </Button>
        ) : null
      }
    >
      {knowsPasskeys() ? null : <p className="text-fg-3">This browser does not know passkeys.</p>}
      {add.isError ? (
        <Notice tone="bad" announce>
          <p>{describePasskeyFailure(add.error)}</p>
        </Notice>
      ) : null}
      {passkeys.length === 0 ? <p className="text-fg-3">You have no passkey yet.</p> : null}
      <ul className="divide-y divide-line border-line not-empty:border-y">
        {passkeys.map((passkey) => (
          <li key={passkey.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
            <div className="min-w-0 flex-1 basis-44">
              <p className="font-medium wrap-anywhere">{passkey.name}</p>
              <p className="text-xs text-fg-3">
                Added <Moment at={passkey.createdAt} />
                {passkey.lastUsedAt ? (
                  <>
                    {", last used "}
                    <Moment at={passkey.lastUsedAt} />
                  </>
                ) : null}
                {passkey.isBackedUp ? ", backed up" : ", on one device only"}
              </p>
            </div>
            <div className="-me-2 flex max-sm:-ms-2.5">
              <Button look="quiet" aria-label={`Rename ${passkey.name}`} onPress={() => setRenamed(passkey)}>
                Rename
              </Button>
              <Button
                look="quiet"
                aria-label={`Remove ${passkey.name}`}
                isDisabled={remove.isPending}
                onPress={() => remove.mutate({ passkeyId: passkey.id })}
              >
                Remove
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {renamed ? (
        <RenameDialog
          passkey={renamed}
          onClose={() => setRenamed(null)}
          onDone={() => {
            setRenamed(null);
            onChange([]);
          }}
        />
      ) : null}
    </Section>
  );
}

interface RenameDialogProps {
  passkey: Passkey;
  onClose: () => void;
  onDone: () => void;
}

function RenameDialog({ passkey, onClose, onDone }: RenameDialogProps) {
  const [problem, setProblem] = useState<string>();
  const rename = trpc.secondFactor.renamePasskey.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: onDone,
    onError: (error) =>
      setProblem(
        messagesByField(readFailure(error).fieldErrors).name ??
          describeFormFailure(error, new Date())?.message,
      ),
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const name = passkeyNameSchema.safeParse(new FormData(event.currentTarget).get("name"));
    if (name.success) rename.mutate({ passkeyId: passkey.id, name: name.data });
    else setProblem(name.error.issues[0]?.message);
  }
  return (
    <DialogFrame title="Rename passkey" onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field
          label="Name"
          name="name"
          hint="Where it lives, for example “Work laptop”."
          defaultValue={passkey.name}
          autoFocus
          error={problem}
        />
        <FormButtons send="Save" sending="Saving" isSending={rename.isPending} onCancel={onClose} />
      </form>
    </DialogFrame>
  );
}
