import { can, explainDenial } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import type { Lead } from "@intake/core/leads/schema";
import { formatBytes, type ResumeSummary } from "@intake/core/resumes/schema";
import { Mail } from "lucide-react";
import { useRef, useState } from "react";
import { mailAddress } from "../lead/contact";
import { buttonClass } from "../parts/button";
import { useShortcuts } from "../shell/shortcuts";
import { DownloadButton } from "./download-button";
import { fitZoom, stepZoom } from "./page-layout";
import { PagesView, wellPadding } from "./pages-view";
import { useFind } from "./use-find";
import { useFirstPage } from "./use-first-page";
import { useResumeView } from "./use-resume-view";
import { useScrollKeys } from "./use-scroll-keys";
import { useWell } from "./use-well";
import { ViewerBar } from "./viewer-bar";
import { ViewerNotes } from "./viewer-notes";
import { Unviewable, ViewerDenied, ViewerFailure, ViewerSkeleton } from "./viewer-states";
import { WordView } from "./word-view";

interface ResumeViewerProps {
  lead: Lead;
  /** The file that is shown: the newest, or an older one that was chosen. */
  resume: ResumeSummary;
  /** When it came, for a file that is not the newest. */
  olderFrom: string | null;
  user: SignedInUser;
  /** What the list was searched for, or nothing. */
  givenTerm: string;
  onSeeNewest: () => void;
  onWrite: () => void;
}

/** Safe View: a resume to read beside what is to be decided. Give it the resume's id as `key`. */
export function ResumeViewer({
  lead,
  resume,
  olderFrom,
  user,
  givenTerm,
  onSeeNewest,
  onWrite,
}: ResumeViewerProps) {
  const mayRead = can(user, "resumes.read");
  const opened = useResumeView({ leadId: lead.id, resume, isAllowed: mayRead });
  const view = opened.data?.view;
  const viewer = useRef<HTMLElement>(null);
  const isReadable = resume.scanState === "CLEAN" || resume.scanState === "UNSCANNED";
  useFirstPage(
    { leadId: lead.id, resumeId: resume.id, isWanted: mayRead && resume.format === "PDF" && isReadable },
    viewer,
  );
  const well = useWell();
  const find = useFind(givenTerm);
  const [showsThumbnails, setShowsThumbnails] = useState(false);
  const [page, setPage] = useState(1);
  const [wantedZoom, setZoom] = useState<number | null>(null);

  const isShown = view !== undefined && view.kind !== "none";
  const fit = view?.kind === "pages" ? fitZoom(view.pages, well.width - 2 * wellPadding) : 1;
  const zoom = wantedZoom ?? fit;
  const zoomBy = (direction: 1 | -1) => setZoom(stepZoom(zoom, direction));
  const toggleThumbnails = () => setShowsThumbnails((isOpen) => !isOpen);
  useScrollKeys(well);
  useShortcuts(
    isShown
      ? {
          "resume.zoom-in": () => zoomBy(1),
          "resume.zoom-out": () => zoomBy(-1),
          "resume.fit": () => setZoom(null),
          "resume.find": find.open,
          "resume.thumbnails": view.kind === "pages" ? toggleThumbnails : undefined,
        }
      : {},
  );

  return (
    <section
      ref={viewer}
      aria-label="Resume"
      className={`flex min-w-0 flex-col border-line bg-sunken print:hidden max-lg:border-b lg:sticky lg:top-12 lg:col-start-1 lg:row-span-2 lg:row-start-1 lg:h-[calc(100dvh-3rem)] lg:border-e ${isShown || opened.isLoading ? "max-lg:h-[85dvh] max-lg:min-h-104" : ""}`}
    >
      <ViewerBar
        resume={resume}
        zoom={
          isShown
            ? { value: zoom, isFit: wantedZoom === null, step: zoomBy, fit: () => setZoom(null) }
            : undefined
        }
        thumbnails={
          view?.kind === "pages" ? { isOpen: showsThumbnails, toggle: toggleThumbnails } : undefined
        }
        find={isShown ? { isOpen: find.isOpen, toggle: find.isOpen ? find.close : find.open } : undefined}
      >
        <DownloadButton leadId={lead.id} resume={resume} original={opened.data?.original} user={user} />
      </ViewerBar>
      <ViewerNotes opened={opened.data} olderFrom={olderFrom} onSeeNewest={onSeeNewest} />
      {view?.kind === "pages" ? (
        <PagesView
          {...{ view, zoom, find, well, showsThumbnails }}
          leadId={lead.id}
          resumeId={resume.id}
          onPage={setPage}
        />
      ) : null}
      {view?.kind === "html" ? (
        <WordView html={view.html} fileName={resume.fileName} {...{ zoom, find, well }} />
      ) : null}
      {view?.kind === "none" ? (
        <Unviewable reason={view.reason} sentence={view.sentence}>
          {view.reason === "checking" ? null : (
            <a
              href={mailAddress(lead)}
              onClick={(event) => {
                event.preventDefault();
                onWrite();
              }}
              className={buttonClass()}
            >
              <Mail size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
              Ask for another copy
            </a>
          )}
        </Unviewable>
      ) : null}
      {mayRead && opened.isPending ? <ViewerSkeleton /> : null}
      {opened.isError && !opened.data ? (
        <ViewerFailure error={opened.error} onRetry={() => void opened.refetch()} />
      ) : null}
      {mayRead ? null : <ViewerDenied>{explainDenial("resumes.read")}</ViewerDenied>}
      <footer className="num flex flex-wrap justify-between gap-x-4 border-t border-line bg-surface px-6 py-1.5 text-xs text-fg-3 max-md:px-4">
        <span>
          {resume.format}, {formatBytes(resume.sizeBytes)}
        </span>
        {view?.kind === "pages" ? (
          <span>
            Page {page} of {view.pageCount}
          </span>
        ) : null}
      </footer>
    </section>
  );
}
