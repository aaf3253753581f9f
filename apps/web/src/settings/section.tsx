import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  /** One sentence under the title. */
  about?: ReactNode;
  /** Buttons at the end of the title's line. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** One block of a settings page: title, a sentence, its controls. */
export function Section({ title, about, actions, children }: SectionProps) {
  return (
    <section aria-label={title} className="mb-10 grid min-w-0 gap-3">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-md font-semibold">{title}</h2>
          {about ? <p className="max-w-140 text-fg-2">{about}</p> : null}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
