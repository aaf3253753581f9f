import { trpc } from "@intake/client/react";
import { canBeAssigned } from "@intake/core/assignment/policy";
import type { Profile } from "@intake/core/people/schema";
import { AwayForm } from "./away-form";
import { Section } from "./section";
import { Tick } from "./tick";

/** Whether new leads may become theirs by themselves, and when they are away. */
export function AvailabilitySection({ profile }: { profile: Profile }) {
  const utils = trpc.useUtils();
  const noteSaved = (saved: Profile) => {
    utils.account.profile.setData(undefined, saved);
    void utils.office.invalidate();
    void utils.leads.colleagues.invalidate();
  };
  const update = trpc.account.updateProfile.useMutation({ onSuccess: noteSaved });
  return (
    <Section
      title="Being here"
      about="While you are away no new lead becomes yours by itself, and colleagues see it where they assign one."
    >
      {canBeAssigned(profile.role) ? (
        <Tick
          label="New leads may become mine without anybody choosing"
          isOn={profile.takesLeads}
          isDisabled={update.isPending}
          onChange={(isOn) => update.mutate({ takesLeads: isOn })}
        />
      ) : null}
      <AwayForm away={profile.away} onSaved={noteSaved} />
    </Section>
  );
}
