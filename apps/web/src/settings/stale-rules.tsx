import type { WrittenRules } from "@intake/core/office/schema";
import { describeWeek, minutesInWords } from "../home/figures";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { TwoValues } from "../parts/two-values";
import { modeWords } from "./mode-words";

interface StaleRulesProps {
  saved: WrittenRules;
  /** Null while they cannot be kept as they are. */
  yours: WrittenRules | null;
  onTake: () => void;
  onKeep: () => void;
}

/** Somebody else kept other rules meanwhile: both side by side, and two ways on (detail 4.48). */
export function StaleRules({ saved, yours, onTake, onKeep }: StaleRulesProps) {
  const rows = [
    { label: "Open", words: describeWeek },
    { label: "Answer within", words: ({ targetMinutes }: WrittenRules) => minutesInWords(targetMinutes) },
    { label: "New leads", words: ({ mode }: WrittenRules) => modeWords[mode].name },
  ].map(({ label, words }) => ({ label, saved: words(saved), yours: yours ? words(yours) : "Not complete" }));
  return (
    <Notice tone="warn" announce>
      <p className="font-medium">Somebody changed this meanwhile. Your changes are not saved.</p>
      <TwoValues rows={rows} labelWidth="w-24" />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button look="primary" onPress={onTake}>
          Keep what is saved
        </Button>
        <Button onPress={onKeep}>Save yours instead</Button>
      </div>
    </Notice>
  );
}
