import { Moon, Sun } from "lucide-react";
import { useNow, useZone } from "../time/clock";
import { theirTime } from "../time/their-time";

/** What the prospect's clock says, and whether they are likely to be at work. */
export function TheirClock({ timeZone }: { timeZone: string | null }) {
  const now = useNow();
  const time = theirTime(timeZone, now, useZone());
  if (!time) return <span className="text-fg-2">Not known: their browser did not say</span>;
  const Icon = time.isOfficeHours ? Sun : Moon;
  return (
    <span className="inline-flex items-start gap-1.5">
      <Icon size={14} strokeWidth={1.75} aria-hidden className="mt-[0.1875rem] flex-none text-fg-2" />
      <span>
        {time.words}, {time.isOfficeHours ? "office hours" : "outside office hours"}
      </span>
    </span>
  );
}
