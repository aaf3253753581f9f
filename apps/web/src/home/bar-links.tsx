import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef, useState } from "react";
import type { LeadsAddress } from "../leads/leads-address";

export interface BarLink {
  key: string;
  /** What the bar says, for screen readers and under the chart. */
  words: string;
  /** The leads of the bar; null when it has none. */
  leads: LeadsAddress | null;
}

interface BarLinksProps {
  label: string;
  bars: BarLink[];
  /** Told which bar is pointed at or focused; null when none is any more. */
  onPoint(words: string | null): void;
}

/** Puts a link over each bar of a chart, in columns of equal width. One stop for Tab; arrows go from bar to bar. */
export function BarLinks({ label, bars, onPoint }: BarLinksProps) {
  const list = useRef<HTMLUListElement>(null);
  const withLeads = bars.filter(({ leads }) => leads);
  const [chosen, setChosen] = useState<string | null>(null);
  const stop = withLeads.some(({ key }) => key === chosen) ? chosen : withLeads.at(-1)?.key;

  function move(event: KeyboardEvent, key: string) {
    const place = withLeads.findIndex((bar) => bar.key === key);
    const steps: Record<string, number> = {
      ArrowLeft: place - 1,
      ArrowRight: place + 1,
      Home: 0,
      End: withLeads.length - 1,
    };
    const next = steps[event.key] === undefined ? undefined : withLeads[steps[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    const links = list.current?.querySelectorAll<HTMLElement>("a") ?? [];
    links[withLeads.indexOf(next)]?.focus();
  }

  return (
    <ul
      ref={list}
      aria-label={label}
      className="absolute inset-0 grid"
      style={{ gridTemplateColumns: `repeat(${bars.length}, minmax(0, 1fr))` }}
      onPointerLeave={() => onPoint(null)}
    >
      {bars.map(({ key, words, leads }) => (
        <li key={key} className="min-w-0" onPointerEnter={() => onPoint(words)}>
          {leads ? (
            <Link
              to="/leads"
              search={leads}
              aria-label={words}
              tabIndex={key === stop ? 0 : -1}
              onFocus={() => {
                setChosen(key);
                onPoint(words);
              }}
              onBlur={() => onPoint(null)}
              onKeyDown={(event) => move(event, key)}
              className="block h-full rounded-1 hover:bg-[color-mix(in_srgb,var(--text)_7%,transparent)] focus-visible:outline-offset-0"
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
