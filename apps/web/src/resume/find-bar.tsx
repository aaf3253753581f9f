import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { Button } from "../parts/button";
import { inputClass } from "../parts/field";

/** What a view tells of its search. */
export interface Finding {
  count: number;
  /** The hit that is looked at, from 0. */
  index: number;
  /** Pages are still being read: the count may grow. */
  isSearching: boolean;
  move: (direction: 1 | -1) => void;
}

interface FindBarProps {
  term: string;
  /** Grows with each wish to type here, so that the key works again while the bar is open. */
  focusWish: number;
  finding: Finding;
  onChange: (term: string) => void;
  onClose: () => void;
}

/** Search inside the resume: Enter goes on, Shift-Enter back, Escape ends it. */
export function FindBar({ term, focusWish, finding, onChange, onClose }: FindBarProps) {
  const input = useRef<HTMLInputElement>(null);
  // At once, so that what is typed next is typed here.
  useLayoutEffect(() => {
    // A term that came with the address must not take the keyboard away from the lead.
    if (focusWish === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [focusWish]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) finding.move(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const hasHits = finding.count > 0;
  return (
    <search
      aria-label="Find in the resume"
      className="rise flex items-center gap-1 border-b border-line bg-surface px-4 py-2 max-md:px-3"
    >
      <input
        ref={input}
        type="search"
        aria-label="Find in the resume"
        placeholder="Find in the resume"
        autoComplete="off"
        spellCheck={false}
        value={term}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className={`${inputClass} min-w-0 max-w-72 flex-1 [&::-webkit-search-cancel-button]:hidden`}
      />
      <p role="status" className="num min-w-20 px-2 text-xs text-fg-2">
        {describe(term, finding)}
      </p>
      <Button
        look="quiet"
        shape="icon"
        aria-label="Previous hit"
        isDisabled={!hasHits}
        onPress={() => finding.move(-1)}
      >
        <ChevronUp size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      <Button
        look="quiet"
        shape="icon"
        aria-label="Next hit"
        isDisabled={!hasHits}
        onPress={() => finding.move(1)}
      >
        <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      <Button look="quiet" shape="icon" aria-label="Close the search" onPress={onClose} className="ms-auto">
        <X size={16} strokeWidth={1.75} aria-hidden />
      </Button>
    </search>
  );
}

function describe(term: string, { count, index, isSearching }: Finding): string {
  if (term.trim() === "") return "";
  if (count > 0) return `${index + 1} of ${count.toLocaleString("en-GB")}${isSearching ? "+" : ""}`;
  return isSearching ? "Searching" : "Not found";
}
