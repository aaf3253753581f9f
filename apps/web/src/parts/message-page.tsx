import type { ReactNode } from "react";

interface MessagePageProps {
  title: string;
  children?: ReactNode;
  /** Buttons; the first is the way on. */
  actions?: ReactNode;
  /** Heading level 1 when the message is the whole page. */
  level?: 1 | 2;
}

/** A calm full-area message: nothing yet, no match, an error, no right. */
export function MessagePage({ title, children, actions, level = 2 }: MessagePageProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="m-auto grid max-w-120 content-center justify-items-start gap-3 px-6 py-12">
      <Heading className="font-display text-[1.5rem] leading-[1.875rem] font-medium tracking-[-0.01em] text-balance wrap-anywhere">
        {title}
      </Heading>
      <div className="grid gap-3 text-md text-fg-2 wrap-anywhere">{children}</div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
