import { ArrowUp } from "lucide-react";
import { useEffect, useRef } from "react";
import { useLiveLeads } from "../live/use-live-leads";
import { Button } from "../parts/button";

interface NewLeadsBarProps {
  /** Whether the list is being asked for again: what came is in the answer. */
  isRefetching: boolean;
  onShow: () => void;
}

/** Says how many leads came in meanwhile; rows move only when the person asks for them. */
export function NewLeadsBar({ isRefetching, onShow }: NewLeadsBarProps) {
  const { newCount, seen } = useLiveLeads();
  const latest = useRef(seen);
  useEffect(() => {
    latest.current = seen;
  });
  useEffect(() => {
    if (isRefetching) latest.current();
  }, [isRefetching]);
  return (
    // Over the table's sticky head, which would hide it, and below that head's words.
    <div role="status" className="sticky top-0 z-(--z-bar) flex h-0 items-start justify-center">
      {newCount > 0 ? (
        <Button
          look="primary"
          onPress={() => {
            seen();
            onShow();
          }}
          className="rise mt-10 shadow-2"
        >
          <ArrowUp size={16} strokeWidth={1.75} aria-hidden />
          {newCount === 1 ? "1 new lead" : `${newCount.toLocaleString("en-GB")} new leads`}
        </Button>
      ) : null}
    </div>
  );
}
