import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { KeyCap } from "../parts/key-cap";

export const paletteScrim =
  "fixed inset-0 z-(--z-dialog) grid items-start justify-items-center bg-scrim px-4 pt-[12vh] max-md:px-2 max-md:pt-2";
export const paletteBox = "rise w-full max-w-160 overflow-hidden rounded-3 bg-raised shadow-3";

export interface PaletteInputProps {
  text: string;
  onType: (text: string) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** The list below, and what of it Enter takes; not there while the list is being loaded. */
  listId?: string;
  chosenId?: string | undefined;
}

/** Where one types what is wanted. */
export function PaletteInput({ text, onType, onKeyDown, listId, chosenId }: PaletteInputProps) {
  const input = useRef<HTMLInputElement>(null);
  // What was typed before the list was there stays, with the caret behind it.
  useEffect(() => input.current?.setSelectionRange(200, 200), []);
  return (
    <div className="flex items-center gap-3 border-b border-line px-4 max-md:px-3">
      <Search size={18} strokeWidth={1.75} aria-hidden className="flex-none text-fg-2" />
      <input
        ref={input}
        // biome-ignore lint/a11y/noAutofocus: the dialog is there to be typed into
        autoFocus
        role="combobox"
        aria-label="Find or do"
        aria-autocomplete="list"
        aria-expanded={listId !== undefined}
        aria-controls={listId}
        aria-activedescendant={chosenId}
        placeholder="A name, an address, a reference, or what to do"
        value={text}
        maxLength={200}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-13 min-w-0 flex-1 bg-transparent text-lg text-fg outline-none placeholder:text-fg-3 placeholder:opacity-100"
      />
      <KeyCap>Esc</KeyCap>
    </div>
  );
}
