import { useEffect, useRef } from "react";
import { KeyCap } from "../parts/key-cap";
import { type Command, domId, type Section } from "./command";

interface PaletteListProps {
  id: string;
  sections: Section[];
  /** What Enter takes. */
  chosenId: string | undefined;
  onPoint: (commandId: string) => void;
  onChoose: (command: Command, inNewTab: boolean) => void;
}

/** What can be chosen, under headings. The focus stays in the field above. */
export function PaletteList({ id, sections, chosenId, onPoint, onChoose }: PaletteListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosenId) list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosenId]);
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="What to find or do"
      className="max-h-[min(28rem,60dvh)] scroll-py-8 overflow-y-auto overscroll-contain p-2"
    >
      {sections.map(({ title, commands }) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox has groups, not fieldsets
        <div key={title} role="group" aria-labelledby={domId(id, title)}>
          <p id={domId(id, title)} className="px-2 pt-2 pb-1 text-xs font-medium text-fg-3">
            {title}
          </p>
          {commands.map((command) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which has the focus
            <div
              key={command.id}
              id={domId(id, command.id)}
              role="option"
              tabIndex={-1}
              aria-selected={command.id === chosenId}
              // Only a pointer that moves means something: one that lies there must not take what scrolls under it.
              onPointerMove={() => onPoint(command.id)}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={(event) => onChoose(command, event.ctrlKey || event.metaKey)}
              className="flex min-h-8.5 items-center gap-3 rounded-2 px-2 py-1 aria-selected:bg-ink-soft aria-selected:shadow-[inset_2px_0_0_var(--ink)] pointer-coarse:min-h-(--touch-h)"
            >
              <Row command={command} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function Row({ command: { Icon, tone = "text-fg-2", label, details, caps = [] } }: { command: Command }) {
  return (
    <>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={`flex-none ${tone}`} />
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
        <span className="max-w-full truncate">{label}</span>
        {details ? <span className="min-w-0 truncate text-xs text-fg-3">{details}</span> : null}
      </span>
      {caps.length > 0 ? (
        <span aria-hidden className="flex flex-none gap-0.5">
          {caps.map((cap) => (
            <KeyCap key={cap}>{cap}</KeyCap>
          ))}
        </span>
      ) : null}
    </>
  );
}
