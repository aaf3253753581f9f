import { Link, useCanGoBack, useRouter } from "@tanstack/react-router";
import { ArrowLeft, ChevronDown, ChevronUp } from "lucide-react";
import type { ReactNode } from "react";
import { Button, buttonClass } from "../parts/button";
import { statusWords } from "../parts/status-badge";
import type { useNeighbours } from "./use-neighbours";

type Neighbours = ReturnType<typeof useNeighbours>;

/** The way back to the list as it was left: by history where possible, so that scroll and row come back too. */
export function useWayBack(trail: Neighbours["trail"]): () => void {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  return () => {
    if (trail && canGoBack) router.history.back();
    else router.navigate({ to: "/leads", search: trail?.address ?? {} });
  };
}

interface LeadHeadProps {
  neighbours: Neighbours;
  /** Not there while the lead is not. */
  menu: ReactNode;
}

/** Breadcrumb, place in the list, previous and next. */
export function LeadHead({ neighbours, menu }: LeadHeadProps) {
  const { trail, position, goPrevious, goNext } = neighbours;
  const goBack = useWayBack(trail);
  const listName = trail?.place.status
    ? statusWords[trail.place.status]
    : trail?.place.q
      ? `“${trail.place.q}”`
      : null;
  const back = {
    to: "/leads",
    search: trail?.address ?? {},
    activeProps: {},
    onClick(event: React.MouseEvent) {
      if (!trail || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      goBack();
    },
  } as const;
  return (
    <header className="print:hidden z-(--z-sticky) flex min-h-12 items-center gap-2 border-b border-line bg-surface ps-6 pe-4 max-md:px-2 lg:sticky lg:top-0 lg:h-12">
      <Link {...back} aria-label="Back to the leads" className={`${buttonClass("quiet", "icon")} md:hidden`}>
        <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
      </Link>
      <nav aria-label="Breadcrumb" className="flex min-w-0 gap-1.5 text-fg-3 max-md:hidden">
        <Link {...back} className="text-fg-2 no-underline hover:underline">
          Leads
        </Link>
        {listName ? (
          <>
            <span aria-hidden>/</span>
            <Link {...back} className="truncate text-fg-2 no-underline hover:underline">
              {listName}
            </Link>
          </>
        ) : null}
      </nav>
      <span className="ms-auto" />
      {trail ? (
        <div className="flex items-center gap-2">
          {position === null ? null : (
            <p className="num text-xs text-fg-3">
              {position.toLocaleString("en-GB")} of {trail.total.toLocaleString("en-GB")}
              {trail.totalIsExact ? "" : "+"}
              {trail.place.status ? (
                <span className="max-sm:hidden"> {statusWords[trail.place.status].toLowerCase()}</span>
              ) : null}
            </p>
          )}
          <div className="flex">
            <Button
              shape="icon"
              aria-label="Previous lead, K"
              isDisabled={!goPrevious}
              onPress={goPrevious}
              className="rounded-e-none"
            >
              <ChevronUp size={16} strokeWidth={1.75} aria-hidden />
            </Button>
            <Button
              shape="icon"
              aria-label="Next lead, J"
              isDisabled={!goNext}
              onPress={goNext}
              className="-ms-px rounded-s-none"
            >
              <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
            </Button>
          </div>
        </div>
      ) : null}
      {menu}
    </header>
  );
}
