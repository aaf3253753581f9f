interface SuggestionListProps<Choice extends { label: string; words: string }> {
  id: string;
  choices: Choice[];
  /** The one the arrow keys are on; -1 for none. */
  chosen: number;
  onTake: (choice: Choice) => void;
}

/** What the search box offers; the focus stays in the box. */
export function SuggestionList<Choice extends { label: string; words: string }>({
  id,
  choices,
  chosen,
  onTake,
}: SuggestionListProps<Choice>) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Ways to narrow the search"
      className="absolute inset-x-0 top-full z-(--z-popover) mt-1 min-w-72 rounded-3 border border-line-2 bg-raised p-1 shadow-2"
    >
      {choices.map((choice, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, which names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box hears the keys
        <div
          key={choice.label}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          // The box keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(choice)}
          className="flex min-h-(--control-h) cursor-default items-center gap-3 rounded-2 px-2 hover:bg-hover aria-selected:bg-hover aria-selected:outline-2 aria-selected:-outline-offset-2 aria-selected:outline-ink pointer-coarse:min-h-(--touch-h)"
        >
          <b className="font-medium">{choice.label}</b>
          <span className="truncate text-xs text-fg-3">{choice.words}</span>
        </div>
      ))}
    </div>
  );
}
