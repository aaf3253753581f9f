import { readFailure } from "@intake/client/failure";
import type { CSSProperties } from "react";
import { memo } from "react";
import { Button } from "../parts/button";
import { pictureWidth } from "./page-layout";
import { type MarkedSpan, TextLayer } from "./text-layer";
import { type ResumeKey, usePage } from "./use-page";

interface PageSheetProps extends ResumeKey {
  /** Counts from 1. */
  page: number;
  pageCount: number;
  top: number;
  width: number;
  height: number;
  isNear: boolean;
  spans: MarkedSpan[];
}

/** One page of a document in its place: a sheet of paper of its true size, then its picture and its words. */
export const PageSheet = memo(function PageSheet({
  leadId,
  resumeId,
  page,
  pageCount,
  top,
  width,
  height,
  isNear,
  spans,
}: PageSheetProps) {
  const picture = usePage({
    ...{ leadId, resumeId, page },
    width: pictureWidth(width, devicePixelRatio),
    isWanted: isNear,
  });
  const place: CSSProperties = { top, width, height };
  const name = `Page ${page} of ${pageCount}`;
  return (
    <div
      data-page={page}
      style={place}
      className="@container absolute inset-x-0 mx-auto bg-sheet text-sheet-text shadow-2"
    >
      {picture.data && isNear ? (
        <>
          {/* The paper keeps its own white in the dark as well: the picture only adds the print. */}
          <img
            alt={name}
            src={`data:${picture.data.mediaType};base64,${picture.data.base64}`}
            className="size-full mix-blend-multiply"
          />
          <TextLayer
            runs={picture.data.text}
            pageRatio={picture.data.height / picture.data.width}
            spans={spans}
          />
        </>
      ) : null}
      {isNear && picture.isPending ? <PageSkeleton name={name} /> : null}
      {isNear && picture.isError && !picture.data ? (
        <div
          data-theme="light"
          className="grid h-full content-center justify-items-center gap-3 p-6 text-center"
        >
          <p>
            {name} could not be drawn. {readFailure(picture.error).message}
          </p>
          <Button onPress={() => void picture.refetch()}>Try again</Button>
        </div>
      ) : null}
    </div>
  );
});

function PageSkeleton({ name }: { name: string }) {
  return (
    <div data-theme="light" className="appear-late grid content-start gap-[2.5cqw] p-[9cqw]">
      <p role="status" className="sr-only">
        {name} is loading
      </p>
      {["w-2/5", "w-full", "w-11/12", "w-4/5", "w-full", "w-2/3"].map((share, index) => (
        <span key={index} aria-hidden className={`skeleton h-[1.6cqw] ${share}`} />
      ))}
    </div>
  );
}
