import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../parts/button";
import type { Selecting } from "./use-selection";

interface SelectionBarProps {
  selecting: Selecting;
  /** How many leads match in all; `totalIsExact` false means so many or more. */
  total: number;
  totalIsExact: boolean;
  /** What can be done with them. */
  children: ReactNode;
}

/** How many leads are chosen, all that match at one press, and what can be done with them. */
export function SelectionBar({ selecting, total, totalIsExact, children }: SelectionBarProps) {
  const { isMatching, size } = selecting;
  if (!isMatching && size === 0) return null;
  const all = `${total.toLocaleString("en-GB")}${totalIsExact ? "" : "+"}`;
  const matching = totalIsExact ? (total - size).toLocaleString("en-GB") : all;
  const except = !totalIsExact && size > 0 ? ` except ${size.toLocaleString("en-GB")}` : "";
  const words = isMatching
    ? `All ${matching} matching selected${except}`
    : `${size.toLocaleString("en-GB")} selected`;
  return (
    <div
      role="toolbar"
      aria-label="Selected leads"
      data-selection-bar
      className="rise print:hidden fixed start-1/2 bottom-14 z-(--z-bar) flex max-w-[calc(100vw-1rem)] -translate-x-1/2 flex-wrap items-center gap-x-1 rounded-3 border border-float-line bg-float py-1.5 ps-4 pe-1.5 text-on-float shadow-3 max-md:bottom-2 max-md:w-[calc(100vw-1rem)] max-md:ps-3 max-md:pe-13 rtl:translate-x-1/2"
    >
      <p role="status" className="num me-2 whitespace-nowrap">
        {words}
      </p>
      {!isMatching && (size < total || !totalIsExact) ? (
        <Button look="float" onPress={selecting.chooseMatching}>
          Select all {all} matching
        </Button>
      ) : null}
      <span aria-hidden className="mx-1 h-5 border-s border-float-line max-md:hidden" />
      {children}
      <Button
        look="float"
        shape="icon"
        aria-label="Select none"
        onPress={selecting.clear}
        className="max-md:absolute max-md:end-1.5 max-md:top-1.5"
      >
        <X size={16} strokeWidth={1.75} aria-hidden />
      </Button>
    </div>
  );
}
