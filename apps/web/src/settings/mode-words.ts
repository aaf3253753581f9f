import type { AssignmentMode } from "@intake/core/office/schema";

interface ModeWords {
  name: string;
  /** What happens to a new lead. */
  about: string;
}

export const modeWords: Record<AssignmentMode, ModeWords> = {
  MANUAL: { name: "By hand", about: "A new lead is nobody’s until somebody takes or assigns it." },
  ROUND_ROBIN: { name: "In turn", about: "Each new lead goes to the next person." },
  LEAST_LOADED: { name: "Fewest waiting", about: "Each new lead goes to whoever has the fewest pending." },
};
