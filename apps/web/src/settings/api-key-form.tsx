import { trpc, useUser } from "@intake/client/react";
import { type CreatedApiKey, createApiKeySchema } from "@intake/core/api-keys/schema";
import { lesserRole, roleWords } from "@intake/core/auth/policy";
import { roles } from "@intake/core/auth/schema";
import { Choice } from "../parts/choice";
import { Field } from "../parts/field";
import { FormButtons } from "../parts/form-buttons";
import { FormFailure } from "../sign-in/form-failure";
import { useCheckedForm } from "../sign-in/use-checked-form";

interface ApiKeyFormProps {
  onCreated: (created: CreatedApiKey) => void;
  onCancel: () => void;
}

/** Name and role of a new key; only roles that are not above the person's own. */
export function ApiKeyForm({ onCreated, onCancel }: ApiKeyFormProps) {
  const user = useUser();
  const utils = trpc.useUtils();
  const create = trpc.apiKeys.create.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: (created) => {
      void utils.apiKeys.list.invalidate();
      onCreated(created);
    },
    onError: (error) => showErrors(error),
  });
  const { errors, form, showErrors } = useCheckedForm({
    schema: createApiKeySchema,
    onSubmit: (values) => {
      if (!create.isPending) create.mutate(values);
    },
  });
  if (!user) return null;
  const allowed = roles.filter((role) => lesserRole(user.role, role) === role);
  return (
    <form {...form} className="grid max-w-104 gap-4 rounded-3 border border-line p-4">
      <FormFailure error={create.error} />
      <Field
        label="Name"
        hint="What uses the key, like “Website form” or “Reporting”."
        name="name"
        autoComplete="off"
        autoFocus
        error={errors.name}
      />
      <Choice label="Role" name="role" defaultValue="READ_ONLY" error={errors.role}>
        {allowed.map((role) => (
          <option key={role} value={role}>
            {roleWords[role]}
          </option>
        ))}
      </Choice>
      <FormButtons
        send="Make the key"
        sending="Making the key"
        isSending={create.isPending}
        onCancel={onCancel}
      />
    </form>
  );
}
