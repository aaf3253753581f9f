const formats = new Map<string, Intl.DateTimeFormat>();
const zones = new Map<string, string>();

/** The format for these options, made once: making one takes longer than drawing the row it is for. Throws a RangeError on a wrong zone. */
export function dateFormat(
  locale: "en-GB" | "sv-SE",
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

/** The zone if this browser knows it, else UTC. */
export function knownZone(zone: string): string {
  const known = zones.get(zone);
  if (known) return known;
  const answer = isZone(zone) ? zone : "UTC";
  zones.set(zone, answer);
  return answer;
}

function isZone(zone: string): boolean {
  try {
    dateFormat("en-GB", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
