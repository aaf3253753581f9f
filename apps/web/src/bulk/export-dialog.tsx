import type { ExportFormat } from "@intake/core/exports/schema";
import { type FormEvent, useState } from "react";
import type { LeadSelection } from "../leads/selection";
import { DialogFrame } from "../parts/dialog-frame";
import { FormButtons } from "../parts/form-buttons";
import { showToast } from "../shell/toast-store";
import { FormFailure } from "../sign-in/form-failure";
import { useNow, useZone } from "../time/clock";
import { zoneWithPlace } from "../time/moments";
import { countWords } from "./bulk-words";
import { useLeadExport } from "./use-lead-export";
import { useSelectionCount } from "./use-selection-count";

const formats: { value: ExportFormat; title: string; words: string }[] = [
  { value: "xlsx", title: "Excel workbook", words: "Times are times, long numbers stay whole." },
  { value: "csv-excel", title: "CSV for Excel", words: "UTF-8 with a mark, so that accents open right." },
  { value: "csv", title: "CSV for programs", words: "UTF-8 without a mark and without a closing line." },
];

/** How many leads go into a file, and of which kind. */
export function ExportDialog({ selection, onClose }: { selection: LeadSelection; onClose: () => void }) {
  const [format, setFormat] = useState<ExportFormat>("xlsx");
  const { chosen, counted, error } = useSelectionCount(selection);
  const zone = zoneWithPlace(useNow(), useZone());
  const download = useLeadExport(() => {
    showToast({ tone: "done", text: "The export is complete." });
    onClose();
  });
  const total = counted?.total;
  const leads = total === undefined ? "leads" : countWords(total);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!download.isPending && total !== 0) download.mutate({ selection: chosen, format });
  }

  return (
    <DialogFrame title={`Export ${leads}`} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <FormFailure error={error ?? download.error} />
        {total === 0 ? <p>None of these leads is there any more. Choose again.</p> : null}
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium">As</legend>
          {formats.map(({ value, title, words }) => (
            <label key={value} className="flex items-start gap-2 py-1 pointer-coarse:min-h-(--touch-h)">
              <input
                type="radio"
                name="format"
                value={value}
                checked={format === value}
                onChange={() => setFormat(value)}
                className="mt-0.5 size-4 flex-none accent-(--ink)"
              />
              <span>
                {title}
                <span className="block text-xs text-fg-2">{words}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <p className="text-xs text-fg-3">
          Times in {zone}. The file’s name says how many rows it has. Who exported how many leads stands in
          the audit.
        </p>
        <FormButtons
          send={`Export ${leads}`}
          sending="Exporting"
          isSending={download.isPending}
          onCancel={onClose}
        />
      </form>
    </DialogFrame>
  );
}
