import type { ResumeVersion } from "@intake/core/resume-files/schema";
import { useZone } from "../time/clock";
import { Moment } from "../time/moment";
import { exactMoment } from "../time/moments";
import { describeFile } from "./scan-words";

interface VersionListProps {
  versions: ResumeVersion[];
  shownId: string;
  onShow: (version: ResumeVersion) => void;
}

/** All files of a lead, newest first; a press shows one in the viewer. */
export function VersionList({ versions, shownId, onShow }: VersionListProps) {
  const zone = useZone();
  return (
    <ul className="-mx-3 grid grid-cols-[minmax(0,1fr)] gap-px">
      {versions.map((version) => (
        <li key={version.id}>
          <button
            type="button"
            aria-current={version.id === shownId ? "true" : undefined}
            onClick={() => onShow(version)}
            className="grid w-full grid-cols-[minmax(0,1fr)] gap-0.5 rounded-2 px-3 py-2 text-start hover:bg-hover aria-[current=true]:rounded-s-[2px] aria-[current=true]:bg-sunken aria-[current=true]:shadow-[inset_2px_0_0_var(--ink)]"
          >
            <span className="flex items-baseline gap-2">
              <span className="min-w-0 truncate font-medium" title={version.fileName}>
                <bdi>{version.fileName}</bdi>
              </span>
              {version.isNewest ? (
                <span className="flex-none rounded-1 bg-ink-soft px-1.5 text-xs font-medium text-ink">
                  Newest
                </span>
              ) : null}
            </span>
            <span className="num text-xs text-fg-2">
              {describeFile(version)},{" "}
              {version.addedBy ? `added by ${version.addedBy}` : "sent by the prospect"}{" "}
              <Moment at={version.createdAt} />
            </span>
            {version.sameAs ? (
              <span className="text-xs text-fg-3">
                The same file as on {exactMoment(new Date(version.sameAs.createdAt), zone)}
              </span>
            ) : null}
          </button>
        </li>
      ))}
    </ul>
  );
}
