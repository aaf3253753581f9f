import { trpc } from "@intake/client/react";
import { roleWords } from "@intake/core/auth/policy";
import { roles } from "@intake/core/auth/schema";
import type { OfficeSettings } from "@intake/core/office/schema";
import { Section } from "./section";
import { Tick } from "./tick";

/** What the office asks of its people when they sign in, and what it shows them. Every tick is saved at once. */
export function OfficeSection() {
  const utils = trpc.useUtils();
  const settings = trpc.settings.get.useQuery();
  const update = trpc.settings.update.useMutation({
    onSuccess: (saved) => utils.settings.get.setData(undefined, saved),
  });
  if (!settings.data) return null;
  const { secondFactorRoles, requiresCharacterClasses, readOnlySeesResumes } = settings.data;
  const save = (change: Partial<OfficeSettings>) => update.mutate(change);
  return (
    <>
      <Section title="Signing in" about="What the office asks of its people. Each choice is saved at once.">
        <fieldset disabled={update.isPending} className="grid gap-1">
          <legend className="mb-1 font-medium">Must have a second factor</legend>
          {roles.map((role) => (
            <Tick
              key={role}
              label={roleWords[role]}
              isOn={secondFactorRoles.includes(role)}
              onChange={(isOn) =>
                save({
                  secondFactorRoles: roles.filter((each) =>
                    each === role ? isOn : secondFactorRoles.includes(each),
                  ),
                })
              }
            />
          ))}
          <p className="text-fg-2">Who has none is asked to set one up before anything else.</p>
        </fieldset>
        <fieldset disabled={update.isPending} className="grid gap-1">
          <legend className="mb-1 font-medium">Passwords</legend>
          <Tick
            label="Must mix upper case, lower case, digits and signs"
            isOn={requiresCharacterClasses}
            onChange={(isOn) => save({ requiresCharacterClasses: isOn })}
          />
          <p className="max-w-140 text-fg-2">
            Length, known passwords and guessability are always checked; this adds little. It holds for new
            passwords.
          </p>
        </fieldset>
      </Section>
      <Section title="Resumes" about="They hold more about a person than the form asks for.">
        <fieldset disabled={update.isPending} className="grid gap-1">
          <legend className="sr-only">Resumes</legend>
          <Tick
            label="People who may only read also see and download resumes"
            isOn={readOnlySeesResumes}
            onChange={(isOn) => save({ readOnlySeesResumes: isOn })}
          />
        </fieldset>
      </Section>
    </>
  );
}
