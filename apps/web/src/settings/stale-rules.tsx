import type { WrittenRules } from "@intake/core/office/schema";
import { describeWeek, minutesInWords } from "../home/figures";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
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
      <table className="mt-2 w-full table-fixed border-collapse text-start">
        <thead>
          <tr className="text-xs text-fg-2">
            <td className="w-24" />
            <th scope="col" className="py-1 pe-2 text-start font-medium">
              Saved
            </th>
            <th scope="col" className="py-1 text-start font-medium">
              Yours, not saved
            </th>
          </tr>
        </thead>
        <tbody className="align-top">
          {rows.map((row) => (
            <tr key={row.label} className="border-t border-line-2">
              <th scope="row" className="py-1 pe-2 text-start font-normal text-fg-2">
                {row.label}
              </th>
              <td className="py-1 pe-2 wrap-anywhere">{row.saved}</td>
              <td className={`py-1 wrap-anywhere ${row.saved === row.yours ? "" : "font-medium"}`}>
                {row.yours}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button look="primary" onPress={onTake}>
          Keep what is saved
        </Button>
        <Button onPress={onKeep}>Save yours instead</Button>
      </div>
    </Notice>
  );
}
