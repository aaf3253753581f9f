import { findMatches } from "./matches";

/** Text with the parts that the search found marked. */
export function Highlight({ text, query }: { text: string; query: string | undefined }) {
  const segments = query ? findMatches(text, query) : [];
  if (!segments.some((segment) => segment.isHit)) return text;
  return segments.map((segment) =>
    segment.isHit ? (
      <mark key={segment.start}>{segment.text}</mark>
    ) : (
      <span key={segment.start}>{segment.text}</span>
    ),
  );
}
