import type { ListLayout } from "@intake/core/views/schema";
import { Layers, Rows3, SquareKanban } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import { Button } from "../parts/button";
import { KeyCap } from "../parts/key-cap";
import { LayoutMenu } from "./layout-menu";
import type { ListPlace } from "./leads-address";

interface ListHeadProps {
  titleRef: Ref<HTMLHeadingElement>;
  view: ListPlace["view"];
  onView: (view: ListPlace["view"]) => void;
  layout: ListLayout;
  onLayout: (layout: ListLayout) => void;
  /** Opens the first lead to look at; undefined when there is none. */
  onTriage: (() => void) | undefined;
  isNarrow: boolean;
  /** What else can be done with the whole list. */
  children?: ReactNode;
}

const views = [
  { id: "table", label: "Table", Icon: Rows3 },
  { id: "board", label: "Board", Icon: SquareKanban },
] as const;

/** Title, way of showing, layout and the one way to begin. */
export function ListHead(props: ListHeadProps) {
  const { titleRef, view, onView, layout, onLayout, onTriage, isNarrow, children } = props;
  return (
    <header className="flex min-h-[3.75rem] flex-wrap items-center gap-2 px-6 pt-4 pb-2 max-md:min-h-0 max-md:px-4 max-md:pt-3">
      <h1
        ref={titleRef}
        tabIndex={-1}
        className="me-auto font-display text-2xl font-medium tracking-[-0.01em]"
      >
        Leads
      </h1>
      <ToggleButtonGroup
        aria-label="Show as"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={(keys) => onView(keys.has("board") ? "board" : "table")}
        className="flex"
      >
        {views.map(({ id, label, Icon }) => (
          <ToggleButton
            key={id}
            id={id}
            aria-label={label}
            className="grid size-(--control-h) place-items-center border border-line-2 bg-surface text-fg-2 first:rounded-s-2 last:-ms-px last:rounded-e-2 hover:text-fg data-selected:bg-sunken data-selected:text-fg pointer-coarse:size-(--touch-h) forced-colors:data-selected:outline"
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden />
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {view === "table" && !isNarrow ? <LayoutMenu layout={layout} onChange={onLayout} /> : null}
      {children}
      <Button look="primary" onPress={onTriage} isDisabled={!onTriage} className="max-[22rem]:w-full">
        <Layers size={16} strokeWidth={1.75} aria-hidden />
        Triage
        <KeyCap look="on-ink">T</KeyCap>
      </Button>
    </header>
  );
}
