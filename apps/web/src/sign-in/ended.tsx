import type { ReactNode } from "react";
import { authTitle } from "./auth-frame";

/** The end of a way: what is, and how to go on. */
export function Ended({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-3 text-md">
      <h1 className={authTitle}>{title}</h1>
      {children}
    </div>
  );
}
