import type { Operations } from "@intake/core/operations/schema";
import { Section } from "../settings/section";
import { Moment } from "../time/moment";

/** Which release runs here since when, on which state of the database. */
export function VersionFacts({ version }: { version: Operations["version"] }) {
  return (
    <Section title="Version">
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 [&>dd]:wrap-anywhere [&>dt]:text-fg-2">
        <dt>Intake</dt>
        <dd className="num">{version.intake}</dd>
        <dt>Started</dt>
        <dd>
          <Moment at={version.startedAt} standsAlone />
        </dd>
        <dt>Database</dt>
        <dd>
          {/* Its newest migration; the date in front of the name is for machines. */}
          up to{" "}
          <span title={version.migration}>
            “{version.migration.replace(/^\d+_/, "").replaceAll("_", " ")}”
          </span>
          , <Moment at={version.migratedAt} />
        </dd>
      </dl>
    </Section>
  );
}
