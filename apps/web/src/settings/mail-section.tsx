import { trpc } from "@intake/client/react";
import type { Profile } from "@intake/core/people/schema";
import { Section } from "./section";
import { Tick } from "./tick";

/** Which mails come. Every tick is saved at once. */
export function MailSection({ profile }: { profile: Profile }) {
  const utils = trpc.useUtils();
  const update = trpc.account.updateProfile.useMutation({
    onSuccess: (saved) => utils.account.profile.setData(undefined, saved),
  });
  const tick = { isDisabled: update.isPending };
  return (
    <Section title="Mails" about={`They go to ${profile.email}. Each choice is saved at once.`}>
      <div className="grid gap-1">
        <Tick
          {...tick}
          label="Mail me about every new lead"
          isOn={profile.wantsLeadMail}
          onChange={(isOn) => update.mutate({ wantsLeadMail: isOn })}
        />
        <Tick
          {...tick}
          label="Mail me when a lead becomes mine or a note names me"
          isOn={profile.wantsOwnMail}
          onChange={(isOn) => update.mutate({ wantsOwnMail: isOn })}
        />
        <Tick
          {...tick}
          label="Mail me each working morning what is new and what waits"
          isOn={profile.wantsDailyDigest}
          onChange={(isOn) => update.mutate({ wantsDailyDigest: isOn })}
        />
      </div>
    </Section>
  );
}
