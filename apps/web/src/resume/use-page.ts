import { trpc } from "@intake/client/react";
import { keepPreviousData } from "@tanstack/react-query";

/** Which file of which lead. */
export interface ResumeKey {
  leadId: string;
  resumeId: string;
}

/** Pixels across; also what a page is asked for when only its text is wanted. */
export const thumbnailWidth = 200;

interface WantedPage extends ResumeKey {
  /** Counts from 1. */
  page: number;
  width: number;
  isWanted: boolean;
}

/** A page's picture and text. Until a sharper picture is there, the one before stays. */
export function usePage({ isWanted, ...input }: WantedPage) {
  return trpc.resumes.page.useQuery(input, {
    enabled: isWanted,
    // A file never changes; a better copy is another one.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}
