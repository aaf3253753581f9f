import type { Excerpt } from "@intake/core/resumes/schema";
import { FileText } from "lucide-react";

/** Where in a resume a search found something. */
export function ExcerptLine({ excerpt, className = "" }: { excerpt: Excerpt; className?: string }) {
  return (
    <p className={`flex gap-1.5 text-xs leading-[1.125rem] text-fg-2 ${className}`}>
      <FileText size={13} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none text-fg-3" />
      <span className="line-clamp-2 min-w-0 wrap-anywhere">
        <span className="text-fg-3">In the resume: </span>
        <bdi>
          {excerpt.parts.map(({ text, isHit }, index) =>
            isHit ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
          )}
        </bdi>
      </span>
    </p>
  );
}
