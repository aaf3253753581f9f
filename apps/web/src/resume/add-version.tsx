import type { AddedResume } from "@intake/core/resume-files/schema";
import { acceptOf, resumeFormats } from "@intake/core/resumes/schema";
import { CircleAlert, Upload } from "lucide-react";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { Button } from "../parts/button";
import { useZone } from "../time/clock";
import { exactMoment } from "../time/moments";
import { useAddVersion } from "./use-add-version";

interface AddVersionProps {
  leadId: string;
  onAdded: (added: AddedResume) => void;
}

/** A better copy of the resume, from a file button or dropped here. */
export function AddVersion({ leadId, onAdded }: AddVersionProps) {
  const input = useRef<HTMLInputElement>(null);
  const { send, cancel, percent, isSending, fileName, added, error } = useAddVersion(leadId);
  const [dropError, setDropError] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (added) onAdded(added);
  }, [added, onAdded]);

  function take(files: FileList | null): void {
    const [file, second] = files ?? [];
    setDropError(second ? `You dropped ${files?.length} files. Drop only the better copy.` : null);
    if (file && !second) send(file);
  }
  function allowDrop(event: DragEvent): void {
    if (isSending || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    setOver(true);
  }
  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    if (!isSending) take(event.dataTransfer.files);
  }

  const problem = dropError ?? error;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same.
    <div
      onDragEnter={allowDrop}
      onDragOver={allowDrop}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`grid gap-2 rounded-2 border border-dashed px-3 py-2.5 ${isOver ? "border-ink bg-ink-soft" : "border-line-2"}`}
    >
      <input
        ref={input}
        type="file"
        hidden
        accept={acceptOf(resumeFormats)}
        aria-label="The better copy"
        onChange={(event) => {
          take(event.target.files);
          // Emptied, so that choosing the same file again is a change again.
          event.target.value = "";
        }}
      />
      {isSending ? (
        <Progress percent={percent} fileName={fileName} onCancel={cancel} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button
            aria-describedby={problem ? "add-version-error" : undefined}
            onPress={() => input.current?.click()}
          >
            <Upload size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
            Add a better copy
          </Button>
          <span className="text-fg-3 pointer-coarse:hidden">or drop it here</span>
        </div>
      )}
      {problem && !isSending ? (
        <p id="add-version-error" role="alert" className="flex gap-1.5 text-danger wrap-anywhere">
          <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          {problem}
        </p>
      ) : null}
      {added && !isSending && !problem ? <Outcome added={added} /> : null}
    </div>
  );
}

function Progress({
  percent,
  fileName,
  onCancel,
}: {
  percent: number;
  fileName: string;
  onCancel: () => void;
}) {
  const isSent = percent >= 100;
  return (
    <div className="grid gap-1.5">
      <p className="truncate font-medium">
        <bdi>{fileName}</bdi>
      </p>
      <progress
        max={100}
        value={percent}
        aria-label="Sending the better copy"
        className="h-1 w-full appearance-none overflow-hidden rounded-1 bg-sunken accent-(--ink) [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-ink"
      />
      <div className="flex items-center justify-between">
        <p className="num text-xs text-fg-2">{isSent ? "All sent. Being looked at." : `${percent} %`}</p>
        <Button look="quiet" onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function Outcome({ added: { isNew, version } }: { added: AddedResume }) {
  const zone = useZone();
  return (
    <p role="status" className="text-fg-2 wrap-anywhere">
      {isNew ? (
        <>
          Added. “<bdi>{version.fileName}</bdi>” is the newest now.
        </>
      ) : (
        <>This is the same file as on {exactMoment(new Date(version.createdAt), zone)}. Nothing was added.</>
      )}
    </p>
  );
}
