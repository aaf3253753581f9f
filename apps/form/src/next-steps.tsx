import type { ReactNode } from "react";

/** The numbered "What happens next" at the side. */
export function NextSteps({ children }: { children: ReactNode }) {
  return (
    <aside className="next" aria-labelledby="next-title">
      <h2 id="next-title">What happens next</h2>
      <ol>{children}</ol>
    </aside>
  );
}

export function NextStep({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <span>
        <b>{title}</b> {children}
      </span>
    </li>
  );
}
