import { trpc } from "@intake/client/react";
import { type RefObject, useEffect } from "react";
import { fitZoom, pictureWidth, stackPages } from "./page-layout";
import type { ResumeKey } from "./use-page";

const a4 = { width: 595, height: 842 };
/** The room on both sides of a page, scroll bar included, in CSS pixels. */
const sides = 62;

/**
 * Asks for the first page of a PDF while the file is still being opened, as wide as it will most likely be: one wait
 * instead of two. A wrong guess costs a picture, nothing else.
 */
export function useFirstPage(
  { leadId, resumeId, isWanted }: ResumeKey & { isWanted: boolean },
  viewer: RefObject<HTMLElement | null>,
): void {
  const utils = trpc.useUtils();
  useEffect(() => {
    if (!isWanted || !viewer.current) return;
    const zoom = fitZoom([a4], viewer.current.clientWidth - sides);
    const { width } = stackPages({ pages: [a4], pageCount: 1, zoom, gap: 0 });
    void utils.resumes.page.prefetch(
      { leadId, resumeId, page: 1, width: pictureWidth(width, devicePixelRatio) },
      { staleTime: Number.POSITIVE_INFINITY },
    );
  }, [utils, leadId, resumeId, isWanted, viewer]);
}
