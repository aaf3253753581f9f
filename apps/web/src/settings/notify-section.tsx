import { trpc } from "@intake/client/react";
import { addNotifyAddressSchema, type NotifyAddress } from "@intake/core/people/schema";
import { X } from "lucide-react";
import { useRef } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Notice } from "../parts/notice";
import { FormFailure } from "../sign-in/form-failure";
import { useCheckedForm } from "../sign-in/use-checked-form";
import { Section } from "./section";

interface NotifySectionProps {
  addresses: NotifyAddress[];
  /** The installation itself names who gets new-lead mails. */
  isFixed: boolean;
}

/** Addresses that hear of new leads without being able to sign in. */
export function NotifySection({ addresses, isFixed }: NotifySectionProps) {
  const utils = trpc.useUtils();
  const input = useRef<HTMLInputElement>(null);
  const add = trpc.people.addNotifyAddress.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: () => {
      if (input.current) input.current.value = "";
      return utils.people.list.invalidate();
    },
    onError: (error) => showErrors(error),
  });
  const remove = trpc.people.removeNotifyAddress.useMutation({
    onSuccess: () => utils.people.list.invalidate(),
  });
  const { form, errors, showErrors } = useCheckedForm({
    schema: addNotifyAddressSchema,
    onSubmit: (values) => !add.isPending && add.mutate(values),
  });
  return (
    <Section
      title="Also told about new leads"
      about="These addresses get the mail about every new lead, but cannot sign in: a shared mailbox, the front desk."
    >
      {isFixed ? (
        <Notice tone="info">
          <p>
            New-lead mails go to the addresses in the installation's settings (LEAD_NOTIFY). This list waits
            until they are taken out.
          </p>
        </Notice>
      ) : null}
      {addresses.length > 0 ? (
        <ul className="max-w-110">
          {addresses.map(({ id, email }) => (
            <li key={id} className="flex items-center gap-2 border-b border-line py-1">
              <span className="min-w-0 flex-1 wrap-anywhere">{email}</span>
              <Button
                look="quiet"
                shape="icon"
                aria-label={`Stop mails to ${email}`}
                onPress={() => remove.mutate({ id })}
              >
                <X size={16} strokeWidth={1.75} aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-fg-3">No address yet.</p>
      )}
      <form {...form} className="grid max-w-110 gap-2">
        <FormFailure error={add.error} />
        <Field ref={input} label="Email" name="email" type="email" autoComplete="off" error={errors.email} />
        <Button type="submit" className="justify-self-start">
          {add.isPending ? "Adding" : "Add address"}
        </Button>
      </form>
    </Section>
  );
}
