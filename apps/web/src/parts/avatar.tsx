/** A person's initials; their name stands beside it. */
export function Avatar({ name }: { name: string }) {
  const words = name.trim().split(/\s+/);
  const initials = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? "")][0] ?? "",
  );
  return (
    <span
      aria-hidden
      className="inline-grid size-[1.375rem] flex-none place-items-center rounded-full bg-ink-soft text-[0.625rem] font-semibold text-ink"
    >
      {initials.join("").toUpperCase()}
    </span>
  );
}
