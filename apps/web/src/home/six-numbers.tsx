import { fewestSamples, type OfficeReport, type Rate, type Wait } from "@intake/core/reports/schema";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { LeadsAddress } from "../leads/leads-address";
import { count, describeWeek, minutesInWords, percent, perDay } from "./figures";
import { numberLinks } from "./lead-links";
import { Sparkline } from "./sparkline";

/** The office's six numbers: each with the period before, its way through the period and the leads behind it. */
export function SixNumbers({ report }: { report: OfficeReport }) {
  const { days, received, inTime, firstContact, oldestPending, uploads, receipts, trend } = report;
  const links = numberLinks(report);
  const target = minutesInWords(report.targetMinutes);
  const notInTime = inTime.now.all - inTime.now.good;
  return (
    <section
      aria-label={`Six numbers, last ${days} days`}
      className="grid border-y border-line max-xl:grid-cols-3 max-md:grid-cols-2 xl:grid-cols-6"
    >
      <Tile
        name="Leads a day"
        leads={links.received}
        value={perDay(received.now, days)}
        before={`${perDay(received.before, days)} before`}
        line={<Sparkline values={trend.received} />}
      >
        {count(received.now)} in {days} days
      </Tile>
      <Tile
        name="Answered in time"
        leads={links.inTime}
        value={<Share rate={inTime.now} />}
        before={beforeShare(inTime.before)}
        line={<Sparkline values={trend.inTime} isWorse={isLower(inTime)} />}
      >
        {count(inTime.now.good)} of {count(inTime.now.all)}, within {target}.{" "}
        {notInTime > 0 ? (
          <Link to="/leads" search={links.notInTime}>
            {count(notInTime)} not
          </Link>
        ) : null}
      </Tile>
      <Tile
        name="First contact, median"
        leads={links.firstContact}
        value={firstContact.now.median === null ? <TooFew /> : minutesInWords(firstContact.now.median)}
        before={waitBefore(firstContact)}
        line={<Sparkline values={trend.firstContact} isWorse={isSlower(firstContact)} />}
      >
        {firstContact.now.ninth === null
          ? `${cases(firstContact.now.samples, "contact")} so far; a median needs ${fewestSamples}`
          : `9 in 10 within ${minutesInWords(firstContact.now.ninth)}, of ${count(firstContact.now.samples)}`}
      </Tile>
      <Tile
        name="Oldest pending"
        leads={links.oldestPending}
        value={oldestPending.now === null ? "None" : minutesInWords(oldestPending.now)}
        before={
          report.oldestLead ? (
            <Link to="/leads/$leadId" params={{ leadId: report.oldestLead.id }} className="block truncate">
              {report.oldestLead.firstName} {report.oldestLead.lastName}
            </Link>
          ) : (
            "Everybody was reached"
          )
        }
        line={
          <Sparkline
            values={trend.oldestPending}
            isWorse={(oldestPending.now ?? 0) > (oldestPending.before ?? 0)}
          />
        }
      >
        {oldestPending.before === null ? "None" : minutesInWords(oldestPending.before)} {days} days ago;{" "}
        {describeWeek(report.hours)}
      </Tile>
      <Tile
        name="Uploads that failed"
        anchor="why-uploads-failed"
        value={<Share rate={uploads.now} />}
        before={beforeShare(uploads.before)}
        line={<Sparkline values={trend.uploads} isWorse={isHigher(uploads)} />}
      >
        {count(uploads.now.good)} of {cases(uploads.now.all, "try", "tries")}
      </Tile>
      <Tile
        name="Receipts delivered"
        leads={links.undelivered}
        value={<Share rate={receipts.now} />}
        before={beforeShare(receipts.before)}
        line={<Sparkline values={trend.receipts} isWorse={isLower(receipts)} />}
      >
        {describeReceipts(report.undelivered)}
      </Tile>
    </section>
  );
}

interface TileProps {
  name: string;
  /** The list behind the number … */
  leads?: LeadsAddress;
  /** … or, where no leads came of it, a place on this page. */
  anchor?: string;
  value: ReactNode;
  before: ReactNode;
  line: ReactNode;
  children: ReactNode;
}

const tileLink =
  "text-fg-2 no-underline hover:text-fg hover:underline pointer-coarse:inline-flex pointer-coarse:min-h-(--touch-h) pointer-coarse:items-center";

function Tile({ name, leads, anchor, value, before, line, children }: TileProps) {
  return (
    <div className="grid min-w-0 content-start gap-0.5 border-line py-4 max-md:pe-3 md:px-4 md:[&:not(:nth-child(3n+1))]:border-s xl:[&:not(:first-child)]:border-s max-xl:[&:nth-child(n+4)]:border-t max-md:[&:nth-child(n+3)]:border-t md:max-xl:[&:nth-child(3n+1)]:ps-0 xl:first:ps-0">
      <h2 className="font-medium">
        {leads ? (
          <Link to="/leads" search={leads} className={tileLink}>
            {name}
          </Link>
        ) : (
          <a href={`#${anchor}`} className={tileLink}>
            {name}
          </a>
        )}
      </h2>
      <p className="num font-display text-3xl tracking-[-0.012em]">{value}</p>
      <div className="num min-w-0 text-fg-2">{before}</div>
      {line}
      <p className="num text-xs text-fg-3">{children}</p>
    </div>
  );
}

function Share({ rate }: { rate: Rate }) {
  if (rate.share === null) return <TooFew />;
  return (
    <>
      {percent(rate.share)}
      <small className="ms-0.5 text-[1.125rem] leading-none">%</small>
    </>
  );
}

/** Instead of a number that would say more about chance than about the office. */
function TooFew() {
  return (
    <span className="text-lg text-fg-3" title={`A number is told from ${fewestSamples} cases on.`}>
      Too few to say
    </span>
  );
}

function beforeShare({ share }: Rate): string {
  return share === null ? "Too few before" : `${percent(share)} % before`;
}

function waitBefore({ before }: { before: Wait }): string {
  return before.median === null ? "Too few before" : `${minutesInWords(before.median)} before`;
}

interface ThenAndNow<Value> {
  now: Value;
  before: Value;
}

function isLower({ now, before }: ThenAndNow<Rate>): boolean {
  return now.share !== null && before.share !== null && now.share < before.share;
}

function isHigher({ now, before }: ThenAndNow<Rate>): boolean {
  return now.share !== null && before.share !== null && now.share > before.share;
}

function isSlower({ now, before }: ThenAndNow<Wait>): boolean {
  return now.median !== null && before.median !== null && now.median > before.median;
}

function cases(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

function describeReceipts({ suppressed, failed, waiting }: OfficeReport["undelivered"]): string {
  const parts = [
    suppressed > 0 ? `${count(suppressed)} suppressed` : "",
    failed > 0 ? `${count(failed)} failed` : "",
    waiting > 0 ? `${count(waiting)} on the way` : "",
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "None failed, none on the way";
}
