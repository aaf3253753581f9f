import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

type Tone = "info" | "warn" | "bad";

const tones: Record<Tone, { box: string; icon: string; Icon: typeof Info }> = {
  info: { box: "border-line border-s-ink bg-surface", icon: "text-ink", Icon: Info },
  warn: {
    box: "border-transparent border-s-pending-mark bg-pending-bg",
    icon: "text-pending",
    Icon: TriangleAlert,
  },
  bad: {
    box: "border-transparent border-s-danger-mark bg-danger-bg",
    icon: "text-danger",
    Icon: CircleAlert,
  },
};

interface NoticeProps {
  tone: Tone;
  children: ReactNode;
  /** Say it to screen readers when it appears. */
  announce?: boolean;
}

/** A message that stays in its place until its cause is gone. */
export function Notice({ tone, children, announce = false }: NoticeProps) {
  const { box, icon, Icon } = tones[tone];
  return (
    <div
      role={announce ? "alert" : undefined}
      className={`flex gap-3 rounded-e-2 border border-s-[3px] px-4 py-3 text-fg ${box}`}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className={`mt-0.5 flex-none ${icon}`} />
      <div className="min-w-0 flex-1 wrap-anywhere">{children}</div>
    </div>
  );
}
