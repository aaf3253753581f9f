import { trpc } from "@intake/client/react";
import { roleWords } from "@intake/core/auth/policy";
import { roles } from "@intake/core/auth/schema";
import { invitePersonSchema } from "@intake/core/people/schema";
import { Choice } from "../parts/choice";
import { DialogFrame } from "../parts/dialog-frame";
import { Field } from "../parts/field";
import { FormButtons } from "../parts/form-buttons";
import { showToast } from "../shell/toast-store";
import { FormFailure } from "../sign-in/form-failure";
import { useCheckedForm } from "../sign-in/use-checked-form";

/** Asks for an address and a role, and sends the invitation. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const utils = trpc.useUtils();
  const invite = trpc.people.invite.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: async (_, { email }) => {
      showToast({ tone: "done", text: `Invitation to ${email} is on its way.` });
      onClose();
      await utils.people.list.invalidate();
    },
    onError: (error) => showErrors(error),
  });
  const { form, errors, showErrors } = useCheckedForm({
    schema: invitePersonSchema,
    onSubmit: (values) => !invite.isPending && invite.mutate(values),
  });
  return (
    <DialogFrame title="Invite a person" onClose={onClose}>
      <form {...form} className="grid gap-4">
        <p className="text-fg-2">They get a mail with a link that works once, for 72 hours.</p>
        <FormFailure error={invite.error} />
        <Field label="Email" name="email" type="email" autoComplete="off" autoFocus error={errors.email} />
        <Choice label="Role" name="role" defaultValue="ATTORNEY" error={errors.role}>
          {roles.map((role) => (
            <option key={role} value={role}>
              {roleWords[role]}
            </option>
          ))}
        </Choice>
        <FormButtons
          send="Send the invitation"
          sending="Sending"
          isSending={invite.isPending}
          onCancel={onClose}
        />
      </form>
    </DialogFrame>
  );
}
