import type { UploadProgress } from "@intake/client/post-form";
import { formatBytes } from "@intake/core/resumes/schema";

interface ProgressBarProps {
  /** Null before the first byte is known to have left. */
  progress: UploadProgress | null;
  fileBytes: number;
  onCancel(): void;
}

/** The real progress of the sending, in percent and bytes, with its way out. */
export function ProgressBar({ progress, fileBytes, onCancel }: ProgressBarProps) {
  const percent = percentSent(progress);
  return (
    <div className="prog">
      <progress max={100} value={percent} aria-label="Sending your resume" />
      <div className="say">
        <p className="num">{describeProgress(percent, fileBytes)}</p>
        <button type="button" className="linkish" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </div>
  );
}

export function percentSent(progress: UploadProgress | null): number {
  if (!progress || progress.totalBytes === 0) return 0;
  return Math.floor((progress.sentBytes / progress.totalBytes) * 100);
}

function describeProgress(percent: number, fileBytes: number): string {
  if (percent >= 100) return "All sent. Waiting for the receipt.";
  return `${percent} % · ${formatBytes(Math.round((fileBytes * percent) / 100))} of ${formatBytes(fileBytes)}`;
}

/** What a screen reader hears: at most every 25 %. */
export function announceProgress(progress: UploadProgress | null): string {
  const percent = percentSent(progress);
  if (percent >= 100) return "All sent. Waiting for the receipt.";
  const quarter = Math.floor(percent / 25) * 25;
  return quarter === 0 ? "Sending." : `${quarter} percent sent.`;
}
