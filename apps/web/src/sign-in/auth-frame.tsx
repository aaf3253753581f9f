import type { ReactNode } from "react";
import { BrandMark } from "../parts/brand";

/** The quiet double page around signing in: the form on paper, one sentence on the desk. */
export function AuthFrame({ children, footer }: { children: ReactNode; footer: string }) {
  return (
    <main className="grid min-h-screen bg-surface lg:grid-cols-2">
      <div className="grid grid-rows-[auto_1fr_auto] gap-8 px-5 py-6 md:px-14 md:py-12">
        <p className="flex items-center gap-2 font-display text-[1.1875rem] leading-6 font-medium">
          <BrandMark />
          Intake
        </p>
        <div className="w-full max-w-90 self-center max-md:self-start max-md:pt-6">{children}</div>
        <p className="text-xs text-fg-3">{footer}</p>
      </div>
      <div className="hidden content-end border-s border-line bg-paper p-14 lg:grid">
        <p className="max-w-104 font-display text-[1.75rem] leading-9 font-medium tracking-[-0.012em] text-balance">
          Somebody is waiting for a first word from you.
        </p>
      </div>
    </main>
  );
}

export const authTitle = "font-display text-3xl font-medium tracking-[-0.012em] outline-none";
