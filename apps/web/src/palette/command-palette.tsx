import { type KeyboardEvent, useId, useState } from "react";
import { KeyCap } from "../parts/key-cap";
import { capsOf } from "../shell/shortcut-list";
import { type Command, domId } from "./command";
import { PaletteInput, type PaletteInputProps } from "./palette-input";
import { PaletteList } from "./palette-list";
import { useSections } from "./use-sections";

interface CommandPaletteProps extends Pick<PaletteInputProps, "text" | "onType"> {
  onChoose: (run: () => void) => void;
}

/**
 * A field over a list. Not react-aria's Autocomplete: that keeps its place when the answer of a search comes in above it, while Enter here
 * means the first entry unless somebody moved.
 */
export function CommandPalette({ text, onType, onChoose }: CommandPaletteProps) {
  const listId = useId();
  const { sections, isSearching, problem } = useSections(text);
  const commands = sections.flatMap((section) => section.commands);
  const [movedTo, setMovedTo] = useState<string | null>(null);
  const at = Math.max(
    0,
    commands.findIndex(({ id }) => id === movedTo),
  );
  const chosen = commands[at];

  function choose({ href, run }: Command, inNewTab: boolean): void {
    onChoose(inNewTab && href ? () => void window.open(href, "_blank", "noopener") : run);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setMovedTo(commands[(at + step + commands.length) % commands.length]?.id ?? null);
    }
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      choose(chosen, event.ctrlKey || event.metaKey);
    }
  }

  return (
    <>
      <PaletteInput
        text={text}
        onType={(next) => {
          setMovedTo(null);
          onType(next);
        }}
        onKeyDown={onKeyDown}
        listId={listId}
        chosenId={chosen && domId(listId, chosen.id)}
      />
      <PaletteList
        id={listId}
        sections={sections}
        chosenId={chosen?.id}
        onPoint={setMovedTo}
        onChoose={choose}
      />
      {problem ? <p className="border-t border-line px-4 py-2 text-danger">{problem}</p> : null}
      <footer
        className={`flex flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-4 py-2 text-xs text-fg-2 ${text.trim() ? "" : "pointer-coarse:hidden"}`}
      >
        <p aria-hidden className="flex flex-wrap gap-x-5 pointer-coarse:hidden">
          <Keys keys={["ArrowUp", "ArrowDown"]} words="move" />
          <Keys keys={["Enter"]} words="open" />
          <Keys keys={["Mod+Enter"]} words="new tab" />
        </p>
        <p role="status" className="ms-auto text-fg-3">
          {isSearching ? "Searching" : text.trim() ? "Accents and case do not matter" : ""}
        </p>
      </footer>
    </>
  );
}

function Keys({ keys, words }: { keys: string[]; words: string }) {
  return (
    <span className="flex items-center gap-1">
      {keys.flatMap(capsOf).map((cap) => (
        <KeyCap key={cap}>{cap}</KeyCap>
      ))}
      {words}
    </span>
  );
}
