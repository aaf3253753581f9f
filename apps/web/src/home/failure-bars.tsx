import type { OfficeReport } from "@intake/core/reports/schema";
import type { UploadFailureReason } from "@intake/core/upload-failures/schema";
import { ChartFrame, FigureTable } from "./chart-frame";
import { count } from "./figures";

const reasonWords: Record<UploadFailureReason, string> = {
  missing: "No file chosen",
  empty: "Empty file",
  "too-large": "Larger than allowed",
  "wrong-extension": "Not PDF, DOC or DOCX",
  "not-a-document": "Not a document inside",
  "broken-pdf": "Damaged PDF",
  "broken-docx": "Damaged DOCX",
  "broken-doc": "Damaged DOC",
  "name-and-content-differ": "Wrong ending for its content",
  "password-protected": "Password protected",
  macros: "Contains macros",
  "archive-limits": "Unpacks to far too much",
  "inspection-timeout": "Could not be checked in time",
  unreadable: "Could not be read on the device",
  "no-connection": "No connection",
  "broken-off": "Broken off on the way",
  "not-a-form": "Not sent as a form",
  "too-many-tries": "Too many tries at once",
  unavailable: "We could not take it",
};

/** Why uploads became no lead, most frequent first, and where that happens most. */
export function FailureBars({ report }: { report: OfficeReport }) {
  const { reasons, uploads } = report;
  const most = reasons[0]?.total ?? 1;
  return (
    <ChartFrame
      id="why-uploads-failed"
      title="Why uploads failed"
      beside={
        <span className="num text-xs text-fg-2">
          {count(uploads.now.good)} of {count(uploads.now.all)} tries
        </span>
      }
      caption="Refused by us or by the form, or broken off: counted by reason, kind of browser and size, without the file or the person. A try that was repeated with success counts both times."
      table={
        <FigureTable
          label="Why uploads failed"
          heads={["Reason", "Uploads", "Most often on"]}
          rows={reasons.map(({ reason, total, browser, onBrowser }) => ({
            key: reason,
            head: reasonWords[reason],
            figures: [count(total), `${nameOf(browser)} (${count(onBrowser)})`],
          }))}
        />
      }
    >
      {reasons.length === 0 ? <p className="py-3 text-fg-2">No upload failed in this time.</p> : null}
      <ul className="num grid gap-2">
        {reasons.map(({ reason, total, browser, onBrowser }) => (
          <li
            key={reason}
            className="grid items-center gap-x-3 gap-y-1 max-md:grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[13rem_minmax(0,1fr)_15rem]"
          >
            <span>{reasonWords[reason]}</span>
            <span className="flex items-center gap-2 max-md:order-3 max-md:col-span-2">
              <span
                className="h-3.5 min-w-0.5 bg-(--data-1) forced-color-adjust-none print:[print-color-adjust:exact]"
                style={{ width: `${(total / most) * 86}%` }}
              />
              {count(total)}
            </span>
            <span className="text-end text-xs text-fg-3">
              {onBrowser === total ? "all" : count(onBrowser)} on {nameOf(browser)}
            </span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

function nameOf(browser: string): string {
  return browser === "other" ? "other browsers" : browser;
}
