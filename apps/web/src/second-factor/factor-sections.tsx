import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import type { AuthenticatorSetup, SecondFactorState } from "@intake/core/second-factor/schema";
import { useState } from "react";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { Section } from "../settings/section";
import { Moment } from "../time/moment";
import { AuthenticatorSetupDialog } from "./authenticator-setup";
import { PasskeyList } from "./passkey-list";
import { RecoveryCodesDialog } from "./recovery-codes-dialog";
import { forgetRemedies } from "./remedy";

/** Few left: time for new ones. */
const fewCodes = 3;

/** Authenticator, passkeys and recovery codes of the person who is signed in. */
export function FactorSections() {
  const state = trpc.secondFactor.state.useQuery();
  const utils = trpc.useUtils();
  const [codes, setCodes] = useState<string[]>([]);
  function noteChange(recoveryCodes: string[]): void {
    setCodes(recoveryCodes);
    void utils.secondFactor.state.invalidate();
  }
  function finish(): void {
    setCodes([]);
    // Whoever was only let in to set up a factor may go on now.
    forgetRemedies();
    void utils.invalidate();
  }
  if (state.isError && !state.data)
    return (
      <Notice tone="bad" announce>
        <p>{readFailure(state.error).message}</p>
      </Notice>
    );
  if (!state.data) return <p className="text-fg-3">Loading your security settings.</p>;
  return (
    <>
      <AuthenticatorSection state={state.data} onChange={noteChange} />
      <PasskeyList passkeys={state.data.passkeys} onChange={noteChange} />
      <RecoveryCodesSection state={state.data} onChange={noteChange} />
      {codes.length > 0 ? <RecoveryCodesDialog codes={codes} onClose={finish} /> : null}
    </>
  );
}

interface SectionProps {
  state: SecondFactorState;
  onChange: (recoveryCodes: string[]) => void;
}

function AuthenticatorSection({ state, onChange }: SectionProps) {
  const [setup, setSetup] = useState<AuthenticatorSetup | null>(null);
  const start = trpc.secondFactor.startAuthenticator.useMutation({ onSuccess: setSetup });
  const remove = trpc.secondFactor.removeAuthenticator.useMutation({ onSuccess: () => onChange([]) });
  const since = state.authenticatorSince;
  return (
    <Section
      title="Authenticator app"
      about={
        since ? (
          <>
            Asked for a code at every sign-in, since <Moment at={since} />.
          </>
        ) : (
          "A code from your phone, asked for beside your password at every sign-in."
        )
      }
      actions={
        since ? (
          <Button
            aria-label="Remove authenticator app"
            isDisabled={remove.isPending}
            onPress={() => remove.mutate()}
          >
            Remove
          </Button>
        ) : (
          <Button
            aria-label="Set up authenticator app"
            isDisabled={start.isPending}
            onPress={() => start.mutate()}
          >
            Set up
          </Button>
        )
      }
    >
      {setup ? (
        <AuthenticatorSetupDialog
          setup={setup}
          onClose={() => setSetup(null)}
          onDone={(recoveryCodes) => {
            setSetup(null);
            onChange(recoveryCodes);
          }}
        />
      ) : null}
    </Section>
  );
}

function RecoveryCodesSection({ state, onChange }: SectionProps) {
  const renew = trpc.secondFactor.renewRecoveryCodes.useMutation({
    onSuccess: ({ recoveryCodes }) => onChange(recoveryCodes),
  });
  if (state.authenticatorSince === null && state.passkeys.length === 0) return null;
  const left = state.recoveryCodesLeft;
  return (
    <Section
      title="Recovery codes"
      about={`${left === 1 ? "1 code" : `${left} codes`} left. Each lets you in once when phone and passkey are gone.`}
      actions={
        <Button isDisabled={renew.isPending} onPress={() => renew.mutate()}>
          Make new codes
        </Button>
      }
    >
      {left <= fewCodes ? (
        <Notice tone="warn">
          <p>Few codes are left. New ones replace all the old ones.</p>
        </Notice>
      ) : null}
    </Section>
  );
}
