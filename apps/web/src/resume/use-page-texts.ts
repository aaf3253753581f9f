import { trpc } from "@intake/client/react";
import type { ResumePage } from "@intake/core/resume-files/schema";
import { useEffect, useState } from "react";
import { joinRuns, makeSearchable, type SearchableText } from "./page-text";
import { type ResumeKey, thumbnailWidth } from "./use-page";

/** The words of a page, ready to be searched, and where they stand. */
export interface PageText extends SearchableText {
  runs: ResumePage["text"];
  starts: number[];
}

interface WantedTexts extends ResumeKey {
  pageCount: number;
  isWanted: boolean;
}

/** The texts of all pages, filled in one after the other from the front; a page that fails stays without one. */
export function usePageTexts({ leadId, resumeId, pageCount, isWanted }: WantedTexts) {
  const utils = trpc.useUtils();
  const [texts, setTexts] = useState<(PageText | undefined)[]>([]);
  const isComplete = texts.length >= pageCount;
  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    const found: (PageText | undefined)[] = [];

    async function readAll(): Promise<void> {
      for (let page = 1; page <= pageCount && !isOver; page += 1) {
        const input = { leadId, resumeId, page, width: thumbnailWidth };
        const answer = await utils.resumes.page
          .fetch(input, { staleTime: Number.POSITIVE_INFINITY, retry: 2 })
          .catch(() => undefined);
        found.push(answer && toPageText(answer));
        if (!isOver) setTexts([...found]);
      }
    }

    void readAll();
    return () => {
      isOver = true;
    };
  }, [utils, leadId, resumeId, pageCount, isWanted]);
  return { texts, isComplete };
}

function toPageText({ text: runs, width, height }: ResumePage): PageText {
  const { text, starts } = joinRuns(runs, height / width);
  return { runs, starts, ...makeSearchable(text) };
}
