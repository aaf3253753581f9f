import { fewestSamples, type OfficeReport } from "@intake/core/reports/schema";
import type { ReactNode } from "react";
import { exactMoment } from "../time/moments";
import { describeWeek, minutesInWords, placeAndZone } from "./figures";

/** How each number is counted, by which clock and over which time: printed, so that nobody has to guess. */
export function Meanings({ report }: { report: OfficeReport }) {
  const { period, before, hours, days, targetMinutes } = report;
  const { zone } = hours;
  const moment = (at: string) => exactMoment(new Date(at), zone);
  return (
    <section aria-label="How this is counted" className="border-t border-line pt-4 text-xs text-fg-2">
      <h2 className="text-sm font-semibold text-fg">How this is counted</h2>
      <dl className="mt-2 grid max-w-240 gap-x-4 gap-y-1.5 md:grid-cols-[11rem_minmax(0,1fr)]">
        <Meaning name="Period">
          The last {days} days of the office’s calendar, today included: {moment(period.from)} to{" "}
          {moment(period.to)}. “Before” is the same stretch {days} days earlier: {moment(before.from)} to{" "}
          {moment(before.to)}. Days begin at midnight in {placeAndZone(new Date(period.to), zone)}.
        </Meaning>
        <Meaning name="Working time">
          {describeWeek(hours)}
          {hours.holidays.length > 0 ? ", except the office’s holidays" : ""}. The target is{" "}
          {minutesInWords(targetMinutes)}.
        </Meaning>
        <Meaning name="Answered in time">
          Of the leads that arrived in the period: reached out within the target they had, out of all answered
          and all past it. Leads that still have time count neither way.
        </Meaning>
        <Meaning name="First contact">
          Working time from arrival to “reached out”, of contacts made in the period. Half were faster than
          the median.
        </Meaning>
        <Meaning name="Oldest pending">
          Working time since it arrived. Earlier values are what leads say today: a contact taken back later
          is not remembered.
        </Meaning>
        <Meaning name="Uploads that failed">
          Out of all tries: the leads that arrived and the failures that were counted.
        </Meaning>
        <Meaning name="Receipts delivered">
          Taken by the mail provider, out of those taken or refused for good. What bounces at the other end
          later is not known here.
        </Meaning>
        <Meaning name="Too few to say">
          Shares and medians of fewer than {fewestSamples} cases are left out: they would say more about
          chance than about the office.
        </Meaning>
      </dl>
    </section>
  );
}

function Meaning({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="font-medium text-fg">{name}</dt>
      <dd className="max-md:mb-1.5">{children}</dd>
    </>
  );
}
