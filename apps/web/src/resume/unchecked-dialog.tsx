import { Button } from "../parts/button";
import { DialogFrame } from "../parts/dialog-frame";

interface UncheckedDialogProps {
  fileName: string;
  onDownload: () => void;
  onClose: () => void;
}

/** Asks before a file leaves that no scanner has looked at. */
export function UncheckedDialog({ fileName, onDownload, onClose }: UncheckedDialogProps) {
  return (
    <DialogFrame title="Nobody has checked this file" onClose={onClose}>
      <div className="grid gap-4">
        <p className="wrap-anywhere">
          No scanner has looked for malware in “<bdi>{fileName}</bdi>”. What you read here cannot do harm; the
          original could. That you downloaded it unchecked will stand in the history.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onPress={onDownload}>
            Download anyway
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </div>
      </div>
    </DialogFrame>
  );
}
