import { useEffect } from "react";

/** Names the tab; every route sets its own (detail 4.80). */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Intake`;
  }, [title]);
}
