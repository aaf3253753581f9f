import { useNow, useZone } from "./clock";
import { describeMoment, exactMoment } from "./moments";

interface MomentProps {
  at: string;
  className?: string;
  /** Alone in its place, so it begins with a capital. */
  standsAlone?: boolean;
}

/** A relative time that moves on by itself; exact time and zone on hover and for screen readers. */
export function Moment({ at, className = "", standsAlone = false }: MomentProps) {
  const now = useNow();
  const zone = useZone();
  const date = new Date(at);
  const exact = exactMoment(date, zone);
  const words = describeMoment(date, now, zone);
  return (
    <time dateTime={at} title={exact} className={`num ${className}`}>
      {standsAlone ? `${words.charAt(0).toUpperCase()}${words.slice(1)}` : words}
      <span className="sr-only"> ({exact})</span>
    </time>
  );
}
