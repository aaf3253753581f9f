import type { ActiveColleague } from "@intake/core/assignment/schema";
import { maxNoteCharacters } from "@intake/core/notes/schema";
import { type KeyboardEvent, type Ref, useId, useState } from "react";
import { Avatar } from "../parts/avatar";
import { inputClass } from "../parts/field";
import { complete, findChoices, type MentionQuery, readMention } from "./mentions";

interface NoteFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Ctrl or ⌘ with Enter. */
  onSubmit: () => void;
  onEscape?: () => void;
  colleagues: ActiveColleague[];
  problem: string | null;
  placeholder?: string;
  ref?: Ref<HTMLTextAreaElement>;
  isFocusedFirst?: boolean;
}

/** Text about a lead in which `@` offers colleagues: arrow keys choose, Enter or Tab takes, Escape closes. */
export function NoteField({
  label,
  value,
  onChange,
  onSubmit,
  onEscape,
  colleagues,
  problem,
  ...field
}: NoteFieldProps) {
  const id = useId();
  const [query, setQuery] = useState<MentionQuery | null>(null);
  const [chosen, setChosen] = useState(0);
  const choices = query ? findChoices(colleagues, query.text) : [];
  const isOpen = query !== null && choices.length > 0;
  const current = Math.min(chosen, choices.length - 1);
  const left = maxNoteCharacters - [...value].length;

  function look(area: HTMLTextAreaElement): void {
    setQuery(area.selectionStart === area.selectionEnd ? readMention(area.value, area.selectionStart) : null);
    setChosen(0);
  }

  function take(area: HTMLTextAreaElement, colleague: ActiveColleague | undefined): void {
    if (!query || !colleague) return;
    const { body, caret } = complete(value, query, colleague.name);
    onChange(body);
    setQuery(null);
    area.focus();
    // After React has written the new text, which would move the caret to its end.
    requestAnimationFrame(() => area.setSelectionRange(caret, caret));
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing) return;
    const area = event.currentTarget;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      act(event, onSubmit);
      return;
    }
    if (!isOpen) {
      if (event.key === "Escape") act(event, () => (onEscape ? onEscape() : area.blur()));
      return;
    }
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: choices.length - 1 };
    const step = steps[event.key];
    if (step !== undefined) act(event, () => setChosen((current + step) % choices.length));
    else if (event.key === "Enter" || event.key === "Tab") act(event, () => take(area, choices[current]));
    else if (event.key === "Escape") act(event, () => setQuery(null));
  }

  return (
    <div className="relative">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      {problem ? (
        <p id={`${id}-problem`} className="mb-1 text-danger">
          {problem}
        </p>
      ) : null}
      <textarea
        id={id}
        ref={field.ref}
        rows={Math.min(12, Math.max(2, value.split("\n").length + 1))}
        value={value}
        placeholder={field.placeholder}
        // biome-ignore lint/a11y/noAutofocus: only where the person has just asked to write
        autoFocus={field.isFocusedFirst}
        onChange={(event) => {
          onChange(event.target.value);
          look(event.target);
        }}
        onKeyDown={onKeyDown}
        onKeyUp={(event) => {
          if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) look(event.currentTarget);
        }}
        onBlur={() => setQuery(null)}
        aria-autocomplete="list"
        aria-controls={isOpen ? `${id}-names` : undefined}
        aria-activedescendant={isOpen ? `${id}-name-${current}` : undefined}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        className={`${inputClass} block resize-y py-1.5`}
      />
      {left < 500 ? (
        <p className={`num mt-1 text-xs ${left < 0 ? "text-danger" : "text-fg-3"}`}>
          {left < 0
            ? `${(-left).toLocaleString("en-GB")} characters too many`
            : `${left.toLocaleString("en-GB")} characters left`}
        </p>
      ) : null}
      <p role="status" className="sr-only">
        {isOpen
          ? `${choices.length === 1 ? "1 colleague" : `${choices.length} colleagues`}, ${choices[current]?.name}`
          : ""}
      </p>
      {isOpen ? (
        <div
          id={`${id}-names`}
          role="listbox"
          aria-label="Colleagues"
          className="rise absolute inset-x-0 top-full z-(--z-popover) mt-1 rounded-3 border border-line-2 bg-raised p-1 shadow-2"
        >
          {choices.map((colleague, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text, which names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text's keys choose
            <div
              key={colleague.id}
              id={`${id}-name-${index}`}
              role="option"
              aria-selected={index === current}
              // Before the text loses its focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                const area = document.getElementById(id);
                if (area instanceof HTMLTextAreaElement) take(area, colleague);
              }}
              className={`flex min-h-(--control-h) items-center gap-2 rounded-2 px-2 ${index === current ? "bg-hover" : ""}`}
            >
              <Avatar name={colleague.name} />
              <span className="truncate">{colleague.name}</span>
              {colleague.awayUntil ? <span className="text-xs text-fg-3">away</span> : null}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function act(event: KeyboardEvent, action: () => void): void {
  event.preventDefault();
  event.stopPropagation();
  action();
}
