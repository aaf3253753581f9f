import { trpc, useSession } from "@intake/client/react";
import { type Profile, updateProfileSchema } from "@intake/core/people/schema";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { Field } from "../parts/field";
import { showToast } from "../shell/toast-store";
import { FormFailure } from "../sign-in/form-failure";
import { useCheckedForm } from "../sign-in/use-checked-form";
import { Section } from "./section";

const formSchema = updateProfileSchema.pick({ name: true, timeZone: true });

/** Name and time zone. */
export function ProfileSection({ profile }: { profile: Profile }) {
  const session = useSession();
  const utils = trpc.useUtils();
  const update = trpc.account.updateProfile.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: async (saved) => {
      utils.account.profile.setData(undefined, saved);
      showToast({ tone: "done", text: "Profile saved." });
      // The name and zone all over the screen come with the session.
      await session.refresh();
    },
    onError: (error) => showErrors(error),
  });
  const { form, errors, showErrors } = useCheckedForm({
    schema: formSchema,
    onSubmit: (values) => !update.isPending && update.mutate(values),
  });
  return (
    <Section title="Profile" about={`You sign in with ${profile.email}.`}>
      <form {...form} className="grid gap-4">
        <FormFailure error={update.error} />
        <Field label="Name" name="name" autoComplete="name" defaultValue={profile.name} error={errors.name} />
        <Choice
          label="Time zone"
          name="timeZone"
          hint="All times on screen and in your mails are told in it."
          defaultValue={profile.timeZone}
          error={errors.timeZone}
        >
          {zonesWith(profile.timeZone).map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll("_", " ")}
            </option>
          ))}
        </Choice>
        <Button type="submit" className="justify-self-start">
          {update.isPending ? "Saving" : "Save profile"}
        </Button>
      </form>
    </Section>
  );
}

function zonesWith(current: string): string[] {
  return [...new Set([current, "UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
}
