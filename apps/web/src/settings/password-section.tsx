import { trpc } from "@intake/client/react";
import { changePasswordSchema } from "@intake/core/passwords/schema";
import { useState } from "react";
import { Button } from "../parts/button";
import { FormButtons } from "../parts/form-buttons";
import { showToast } from "../shell/toast-store";
import { FormFailure } from "../sign-in/form-failure";
import { NewPasswordField } from "../sign-in/new-password-field";
import { PasswordField } from "../sign-in/password-field";
import { useCheckedForm } from "../sign-in/use-checked-form";
import { Section } from "./section";

/** Changing one's own password, which asks for the current one. */
export function PasswordSection({ email }: { email: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title="Password"
      about="A change ends your sessions on other devices; we mail you that it happened."
    >
      {isOpen ? (
        <PasswordForm email={email} onClose={() => setOpen(false)} />
      ) : (
        <Button className="justify-self-start" onPress={() => setOpen(true)}>
          Change password
        </Button>
      )}
    </Section>
  );
}

const noRules = { about: [], requiresCharacterClasses: false };

function PasswordForm({ email, onClose }: { email: string; onClose: () => void }) {
  const rules = trpc.account.passwordRules.useQuery();
  const change = trpc.account.changePassword.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: () => {
      showToast({ tone: "done", text: "Password changed. Your other sessions have ended." });
      onClose();
    },
    onError: (error) => showErrors(error),
  });
  const { form, errors, showErrors } = useCheckedForm({
    schema: changePasswordSchema,
    onSubmit: (values) => !change.isPending && change.mutate(values),
  });
  return (
    <form {...form} className="grid gap-4">
      <FormFailure error={change.error} />
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Current password"
        name="currentPassword"
        autoComplete="current-password"
        autoFocus
        error={errors.currentPassword}
      />
      <NewPasswordField
        label="New password"
        name="newPassword"
        rules={rules.data ?? noRules}
        error={errors.newPassword}
      />
      <FormButtons
        send="Change password"
        sending="Changing"
        isSending={change.isPending}
        onCancel={onClose}
      />
    </form>
  );
}
