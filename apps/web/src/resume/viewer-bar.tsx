import type { ResumeSummary } from "@intake/core/resumes/schema";
import { FileText, Minus, PanelLeft, Plus, Search } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../parts/button";
import { ScanBadge } from "./scan-badge";

interface ViewerBarProps {
  resume: ResumeSummary;
  /** Left out while nothing is shown. */
  zoom?: { value: number; isFit: boolean; step: (direction: 1 | -1) => void; fit: () => void } | undefined;
  /** Left out where there are no pages. */
  thumbnails?: { isOpen: boolean; toggle: () => void } | undefined;
  find?: { isOpen: boolean; toggle: () => void } | undefined;
  /** The download. */
  children: ReactNode;
}

/** Name and state of the file, and what can be done with it. */
export function ViewerBar({ resume, zoom, thumbnails, find, children }: ViewerBarProps) {
  return (
    <div className="@container border-b border-line bg-surface">
      <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 py-2 ps-6 pe-4 max-md:px-4">
        <div className="flex min-w-0 flex-1 basis-48 items-center gap-2.5">
          <FileText size={16} strokeWidth={1.75} aria-hidden className="flex-none text-fg-2" />
          <h2 title={resume.fileName} className="min-w-0 truncate text-sm font-semibold">
            <bdi>{resume.fileName}</bdi>
          </h2>
          <ScanBadge state={resume.scanState} />
        </div>
        <div className="flex items-center gap-1">
          {thumbnails ? (
            <Button
              look="quiet"
              shape="icon"
              aria-label="Small pictures of all pages, T"
              aria-pressed={thumbnails.isOpen}
              onPress={thumbnails.toggle}
              className="aria-pressed:bg-sunken aria-pressed:text-fg max-md:hidden"
            >
              <PanelLeft size={16} strokeWidth={1.75} aria-hidden />
            </Button>
          ) : null}
          {zoom ? (
            <>
              <Button look="quiet" shape="icon" aria-label="Zoom out" onPress={() => zoom.step(-1)}>
                <Minus size={16} strokeWidth={1.75} aria-hidden />
              </Button>
              <Button
                look="quiet"
                aria-label={`${Math.round(zoom.value * 100)} percent, ${zoom.isFit ? "fits the width" : "fit the width"}`}
                onPress={zoom.fit}
                className="num w-14 px-0! text-xs"
              >
                {Math.round(zoom.value * 100)} %
              </Button>
              <Button look="quiet" shape="icon" aria-label="Zoom in" onPress={() => zoom.step(1)}>
                <Plus size={16} strokeWidth={1.75} aria-hidden />
              </Button>
            </>
          ) : null}
          {find ? (
            <Button
              look="quiet"
              shape="icon"
              aria-label="Find in the resume, F"
              aria-pressed={find.isOpen}
              onPress={find.toggle}
              className="aria-pressed:bg-sunken aria-pressed:text-fg"
            >
              <Search size={16} strokeWidth={1.75} aria-hidden />
            </Button>
          ) : null}
        </div>
        {children}
      </div>
    </div>
  );
}
