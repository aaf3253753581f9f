import { useNow, useZone } from "../time/clock";
import { describeMoment, exactMoment } from "../time/moments";

/** The line between what came since the person last looked at the list and what they had seen. */
export function LookedLine({ at, span }: { at: string; span: number }) {
  return (
    <tr>
      <td colSpan={span} className="h-7 border-b border-ink-line ps-6 text-xs font-medium text-ink">
        <LookedWords at={at} />
      </td>
    </tr>
  );
}

export function LookedWords({ at }: { at: string }) {
  const zone = useZone();
  const date = new Date(at);
  return (
    <time dateTime={at} title={exactMoment(date, zone)}>
      Above: new since you last looked, {describeMoment(date, useNow(), zone)}
    </time>
  );
}
