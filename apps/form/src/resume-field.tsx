import type { UploadProgress } from "@intake/client/post-form";
import { acceptOf, formatBytes, listFormats, type ResumeLimits } from "@intake/core/resumes/schema";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { FieldErrorText } from "./field-error";
import { PaperclipIcon } from "./icons";
import { type AttachedResume, pickDropped } from "./resume-file";
import { ProgressBar } from "./upload-progress";

interface ResumeFieldProps {
  limits: ResumeLimits;
  /** False on the server and until the scripts run: then the browser's own file field is shown. */
  isLive: boolean;
  resume: AttachedResume | null;
  /** The name of the file being read right now. */
  readingName: string | null;
  error: string | undefined;
  /** After a refused post without JavaScript: the browser has let go of the file. */
  isChoiceLost: boolean;
  /** Given while sending. */
  sending: { progress: UploadProgress | null; onCancel(): void } | null;
  onChoose(file: File): void;
  onRefuse(message: string): void;
  onRemove(): void;
}

/** Choosing, dropping, replacing and removing the one file; its progress while it is sent. */
export function ResumeField(props: ResumeFieldProps) {
  const { limits, resume, readingName, error, isLive, sending } = props;
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [isOver, setIsOver] = useState(false);
  const describedBy = ["resume-hint", error && "resume-error"].filter(Boolean).join(" ");

  // A file chosen before the scripts arrived.
  useEffect(() => takeChosen(), []);

  function takeChosen() {
    const file = input.current?.files?.[0];
    if (file) props.onChoose(file);
    // Emptied, so that choosing the same file again is a change again.
    if (input.current) input.current.value = "";
  }

  function takeDropped(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    const dropped = sending ? null : pickDropped(event.dataTransfer);
    if (!dropped) return;
    if ("file" in dropped) props.onChoose(dropped.file);
    else props.onRefuse(dropped.message);
  }

  function allowDrop(event: DragEvent) {
    if (sending || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    setIsOver(true);
  }

  function leave(event: DragEvent<HTMLDivElement>) {
    const inside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
    if (!inside) setIsOver(false);
  }

  const openPicker = () => input.current?.click();
  const zone = `${resume ? "file" : "drop"}${isOver ? " over" : ""}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand above hint and error in this grid.
    <div className={error ? "fld bad" : "fld"} role="group" aria-labelledby="resume-label">
      <span className="lbl" id="resume-label">
        Resume
      </span>
      <p className="hint" id="resume-hint">
        {listFormats(limits.formats)}, up to {formatBytes(limits.maxBytes)}. A photo of a page will not work;
        scan it to PDF instead.
        {props.isChoiceLost && " Choose your file again: a browser lets go of it when a page comes back."}
      </p>
      {error && <FieldErrorText id="resume-error" message={error} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same. */}
      <div
        className={zone}
        data-drop-zone=""
        onDragEnter={allowDrop}
        onDragOver={allowDrop}
        onDragLeave={leave}
        onDrop={takeDropped}
      >
        <input
          ref={input}
          type="file"
          name="resume"
          id={isLive ? "resume-file" : "resume"}
          accept={acceptOf(limits.formats)}
          required={!isLive}
          hidden={isLive}
          aria-labelledby="resume-label"
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
          onChange={takeChosen}
        />
        {isLive && resume && (
          <div className="top">
            <span className="ext" aria-hidden="true">
              {resume.format}
            </span>
            <div>
              <p className="nm">{resume.name}</p>
              <p className="sub">
                {resume.format} · {formatBytes(resume.sizeBytes)}
              </p>
            </div>
            {!sending && (
              <div className="both">
                <button
                  type="button"
                  className="pbtn sm"
                  id="resume"
                  aria-describedby={describedBy}
                  onClick={openPicker}
                >
                  Replace<span className="sr"> {resume.name}</span>
                </button>
                <button
                  type="button"
                  className="pbtn sm"
                  onClick={() => {
                    props.onRemove();
                    // The button that takes its place appears with the next paint.
                    requestAnimationFrame(() => button.current?.focus());
                  }}
                >
                  Remove<span className="sr"> {resume.name}</span>
                </button>
              </div>
            )}
          </div>
        )}
        {isLive && resume && sending && (
          <ProgressBar progress={sending.progress} fileBytes={resume.sizeBytes} onCancel={sending.onCancel} />
        )}
        {isLive && !resume && (
          <>
            <button
              ref={button}
              type="button"
              className="pbtn"
              id="resume"
              aria-labelledby="resume-label resume"
              aria-describedby={describedBy}
              onClick={openPicker}
            >
              <PaperclipIcon />
              Choose a file
            </button>
            <span className="or" data-reading={readingName ? "" : undefined}>
              {readingName ? `Reading “${readingName}” …` : "or drop it here"}
            </span>
          </>
        )}
      </div>
    </div>
  );
}
