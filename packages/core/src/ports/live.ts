import type { ChangeKind, LiveNews } from "../live/schema";

/** One change of one lead, or that so many changed that nobody lists them. Ids and kinds only. */
export type LiveChange = { leadId: string; kind: ChangeKind } | { kind: "many" };

/** News between everybody who has Intake open, on every instance. */
export interface Live {
  /**
   * Tells all screens, within a fraction of a second. Call it after the change is committed: it waits for nothing and never fails, and
   * what gets lost is caught up with the next time a screen asks.
   */
  tell(change: LiveChange): void;
  /** Hears what anybody tells on any instance, until the returned function is called. */
  listen(listener: (news: LiveNews) => void): () => void;
  /** Aborted when the process stops: whoever follows lets go. */
  stopping: AbortSignal;
}
