import { Search, X } from "lucide-react";
import { type Ref, useEffect, useRef, useState } from "react";
import { inputClass } from "../parts/field";
import { KeyCap } from "../parts/key-cap";

const debounceMilliseconds = 250;

interface SearchBoxProps {
  /** The search in force, from the address bar. */
  value: string;
  onSearch: (text: string) => void;
  inputRef: Ref<HTMLInputElement>;
  label: string;
  placeholder: string;
}

/** Searches 250 ms after the last key; Enter at once, Escape clears. */
export function SearchBox({ value, onSearch, inputRef, label, placeholder }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const asked = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

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
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask(next), debounceMilliseconds);
  }

  function clear(): void {
    setText("");
    ask("");
  }

  return (
    <div className="relative flex-1 md:max-w-[18.5rem]">
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
        placeholder={placeholder}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") ask(text);
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (text === "") event.currentTarget.blur();
          else clear();
        }}
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
    </div>
  );
}
