import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import type { Office, WrittenRules } from "@intake/core/office/schema";
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { placeAndZone } from "../home/figures";
import { Button } from "../parts/button";
import { showToast } from "../shell/toast-store";
import { FormFailure } from "../sign-in/form-failure";
import { useNow } from "../time/clock";
import { ModeChoice } from "./mode-choice";
import { areSame, type DraftProblems, type OfficeDraft, readDraft, startDraft } from "./office-draft";
import { Section } from "./section";
import { StaleRules } from "./stale-rules";
import { TakersLine } from "./takers-line";
import { TargetFields } from "./target-fields";
import { useOfficeSaved } from "./use-office-saved";
import { WeekEditor } from "./week-editor";

const noProblems: DraftProblems = { days: {} };

/** Hours, target and assignment, kept together; what somebody else kept meanwhile is never written over unseen. */
export function OfficeForm({ office }: { office: Office }) {
  const saved = useMemo(() => startDraft(office), [office]);
  const [draft, setDraft] = useState<OfficeDraft | null>(null);
  const [problems, setProblems] = useState(noProblems);
  const form = useRef<HTMLFormElement>(null);
  const utils = trpc.useUtils();
  const noteSaved = useOfficeSaved();
  const update = trpc.office.update.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: (kept) => {
      noteSaved(kept);
      setDraft(null);
      showToast({ tone: "done", text: "Saved. Leads that wait are counted anew within seconds." });
    },
    onError: (error) => isConflict(error) && utils.office.get.invalidate(),
  });
  useEffect(() => {
    if (problems !== noProblems) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [problems]);

  const shown = draft ?? saved;
  const reading = readDraft(shown);
  const change = (part: Partial<OfficeDraft>) => setDraft({ ...shown, ...part });
  const isStale = draft !== null && !areSame(draft.basis, office);

  function keep(former: WrittenRules): void {
    if (update.isPending) return;
    setProblems("problems" in reading ? reading.problems : noProblems);
    if ("rules" in reading) update.mutate({ ...reading.rules, former });
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isStale) keep(shown.basis);
  }

  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Section
        title="Office hours"
        about={`In ${placeAndZone(useNow(), office.timeZone)} time, which the installation sets (OFFICE_TIME_ZONE). Waiting times and reminders count only these hours.`}
      >
        <WeekEditor week={shown.week} problems={problems.days} onChange={(week) => change({ week })} />
      </Section>
      <Section
        title="Answer within"
        about="Open hours from a lead’s arrival to the first contact. After half of it somebody is reminded, after all of it the admins hear."
      >
        <TargetFields draft={shown} problem={problems.target} onChange={change} />
      </Section>
      <Section title="New leads">
        <ModeChoice mode={shown.mode} onChange={(mode) => change({ mode })} />
        <TakersLine office={{ mode: shown.mode, takers: office.takers }} />
      </Section>
      <div className="mb-10 grid gap-3">
        {update.error && !isConflict(update.error) ? <FormFailure error={update.error} /> : null}
        {isStale ? (
          <StaleRules
            saved={office}
            yours={"rules" in reading ? reading.rules : null}
            onTake={() => setDraft(null)}
            onKeep={() => keep(saved.basis)}
          />
        ) : (
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary">
              {update.isPending ? "Saving" : "Save"}
            </Button>
            {draft ? (
              <Button
                look="quiet"
                onPress={() => {
                  setDraft(null);
                  setProblems(noProblems);
                }}
              >
                Discard changes
              </Button>
            ) : null}
          </div>
        )}
      </div>
    </form>
  );
}

function isConflict(error: unknown): boolean {
  return readFailure(error).code === "CONFLICT";
}
