import { Search, X } from "lucide-react";
import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from "react";
import { inputClass } from "../parts/field";
import { KeyCap } from "../parts/key-cap";
import { SuggestionList } from "./suggestion-list";

const debounceMilliseconds = 250;

/** Ways to go on with what is being typed. */
export interface Completion<Choice extends { label: string; words: string; isWhole: boolean }> {
  suggest: (text: string) => Choice[];
  complete: (text: string, choice: Choice) => string;
  /** Whether the text is not worth a search yet; Enter searches all the same. */
  isUnfinished: (text: string) => boolean;
}

interface SearchBoxProps<Choice extends { label: string; words: string; isWhole: boolean }> {
  /** The search in force, from the address bar. */
  value: string;
  onSearch: (text: string) => void;
  inputRef: Ref<HTMLInputElement>;
  label: string;
  placeholder: string;
  completion?: Completion<Choice>;
}

/** Searches 250 ms after the last key; Enter at once, Escape clears, the arrow keys walk what is offered. */
export function SearchBox<Choice extends { label: string; words: string; isWhole: boolean }>({
  value,
  onSearch,
  inputRef,
  label,
  placeholder,
  completion,
}: SearchBoxProps<Choice>) {
  const [text, setText] = useState(value);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const listId = useId();
  const asked = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const choices = isOpen && completion ? completion.suggest(text) : [];

  // Back, "Clear filters" or a followed link changed the search from outside.
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    clearTimeout(timer.current);
    setText(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function ask(next: string): void {
    clearTimeout(timer.current);
    const trimmed = next.trim();
    if (trimmed === asked.current) return;
    asked.current = trimmed;
    onSearch(trimmed);
  }

  function type(next: string): void {
    setText(next);
    setOpen(true);
    setChosen(-1);
    clearTimeout(timer.current);
    if (!completion?.isUnfinished(next)) timer.current = setTimeout(() => ask(next), debounceMilliseconds);
  }

  function clear(): void {
    setText("");
    setOpen(false);
    ask("");
  }

  function take(choice: Choice): void {
    if (!completion) return;
    const next = completion.complete(text, choice);
    type(next);
    if (!choice.isWhole) return;
    setOpen(false);
    ask(next);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      // One place beside the choices is the text itself.
      const places = choices.length + 1;
      setChosen((at) => ((at + 1 + step + places) % places) - 1);
      return;
    }
    const choice = choices[chosen];
    if (choice && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      take(choice);
      return;
    }
    if (event.key === "Enter") {
      setOpen(false);
      ask(text);
    }
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (text === "") event.currentTarget.blur();
    else clear();
  }

  return (
    <div className="relative min-w-56 flex-1 md:max-w-[18.5rem]">
      <Search
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className="pointer-events-none absolute start-[0.5625rem] top-1/2 -translate-y-1/2 text-fg-3"
      />
      <input
        ref={inputRef}
        type="search"
        aria-label={label}
        aria-autocomplete={completion ? "list" : undefined}
        aria-controls={choices.length > 0 ? listId : undefined}
        aria-activedescendant={choices[chosen] ? `${listId}-${chosen}` : undefined}
        placeholder={placeholder}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className={`${inputClass} appearance-none ps-[1.9375rem] pe-9 [&::-webkit-search-cancel-button]:hidden`}
      />
      {text === "" ? (
        <span aria-hidden className="pointer-events-none absolute end-[0.4375rem] top-1/2 -translate-y-1/2">
          <KeyCap>/</KeyCap>
        </span>
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={clear}
          className="absolute inset-y-0 end-0 grid w-9 place-items-center rounded-2 text-fg-3 hover:text-fg pointer-coarse:w-(--touch-h)"
        >
          <X size={16} strokeWidth={1.75} aria-hidden />
        </button>
      )}
      {choices.length > 0 ? (
        <SuggestionList id={listId} choices={choices} chosen={chosen} onTake={take} />
      ) : null}
    </div>
  );
}
