import { explainDenial } from "@intake/core/auth/policy";
import type { Office } from "@intake/core/office/schema";
import type { ReactNode } from "react";
import { describeWeek, minutesInWords, placeAndZone } from "../home/figures";
import { useNow } from "../time/clock";
import { modeWords } from "./mode-words";
import { Section } from "./section";
import { TakersLine } from "./takers-line";

/** The same for people who may only look. */
export function OfficeFacts({ office }: { office: Office }) {
  const now = useNow();
  const { name, about } = modeWords[office.mode];
  return (
    <Section title="Hours and promise" about={explainDenial("settings.manage")}>
      <dl className="grid gap-3">
        <Fact term="Open">
          {describeWeek(office)}, {placeAndZone(now, office.timeZone)}
        </Fact>
        <Fact term="Answer within">{minutesInWords(office.targetMinutes)} of open hours</Fact>
        <Fact term="New leads">
          {name}: {about.charAt(0).toLowerCase() + about.slice(1)}
          <TakersLine office={office} />
        </Fact>
      </dl>
    </Section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-3 md:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-fg-2">{term}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
