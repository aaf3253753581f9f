import { trpc } from "@intake/client/react";
import { type Profile, updateProfileSchema } from "@intake/core/people/schema";
import { z } from "zod";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { showToast } from "../shell/toast-store";
import { FormFailure } from "../sign-in/form-failure";
import { useCheckedForm } from "../sign-in/use-checked-form";

const formSchema = z
  .object({ from: z.string(), until: z.string() })
  .transform(({ from, until }) => ({ away: { from: from || null, until: until || null } }))
  .pipe(updateProfileSchema.pick({ away: true }).required());

interface AwayFormProps {
  away: Profile["away"];
  onSaved: (profile: Profile) => void;
}

/** First and last day of an absence; either may be open, without both nobody is away. */
export function AwayForm({ away, onSaved }: AwayFormProps) {
  const isSet = away.from !== null || away.until !== null;
  const update = trpc.account.updateProfile.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: (saved) => {
      onSaved(saved);
      const isAway = saved.away.from !== null || saved.away.until !== null;
      showToast({ tone: "done", text: isAway ? "Saved when you are away." : "You are here." });
    },
    onError: (error) => showErrors(error),
  });
  const { form, errors, showErrors } = useCheckedForm({
    schema: formSchema,
    onSubmit: (values) => !update.isPending && update.mutate(values),
  });
  return (
    // What is saved stands in the fields, also after it was taken back.
    <form key={`${away.from} ${away.until}`} {...form} className="grid gap-3">
      <FormFailure error={update.error} />
      <div className="grid items-end gap-3 md:grid-cols-2">
        <Field
          label="Away from"
          name="from"
          type="date"
          defaultValue={away.from ?? ""}
          error={errors["away.from"]}
        />
        <Field
          label="Last day away"
          name="until"
          type="date"
          defaultValue={away.until ?? ""}
          error={errors["away.until"]}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit">{update.isPending ? "Saving" : "Save dates"}</Button>
        {isSet ? (
          <Button look="quiet" onPress={() => update.mutate({ away: { from: null, until: null } })}>
            I am here
          </Button>
        ) : null}
      </div>
    </form>
  );
}
