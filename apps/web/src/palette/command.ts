import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { foldCharacter } from "../leads/matches";

/** One thing to choose in the palette. */
export interface Command {
  id: string;
  Icon: LucideIcon;
  /** A class for the icon, where its colour says something. */
  tone?: string;
  label: ReactNode;
  details?: ReactNode;
  /** The key that does the same. */
  caps?: string[];
  /** Where it leads, for a new tab. */
  href?: string;
  run: () => void;
}

export interface Section {
  title: string;
  commands: Command[];
}

/** An id for the page out of a command's own, which may hold spaces. */
export function domId(listId: string, commandId: string): string {
  return `${listId}-${commandId.replaceAll(/\W+/g, "-")}`;
}

/** Whether each typed word begins a word of the name; case and accents do not matter. */
export function isCalled(name: string, typed: string): boolean {
  const words = fold(name).split(/[^\p{L}\p{N}]+/u);
  return fold(typed)
    .split(/\s+/)
    .every((start) => words.some((word) => word.startsWith(start)));
}

function fold(text: string): string {
  return [...text.trim()].map(foldCharacter).join("");
}
