import { Button } from "../parts/button";
import { DialogFrame } from "../parts/dialog-frame";

interface SendAnywayDialogProps {
  /** Address that took no mail before. */
  to: string;
  isSending: boolean;
  onSend: () => void;
  onClose: () => void;
}

/** Says why a mail to this address will hardly arrive before it is sent once more. */
export function SendAnywayDialog({ to, isSending, onSend, onClose }: SendAnywayDialogProps) {
  return (
    <DialogFrame title={`Send again to ${to}?`} onClose={onClose}>
      <p className="text-fg-2">
        This address took no mail before, so the provider holds mail to it back. Sent again it arrives only if
        the address works now and was taken off the provider’s list. A call may be the better way.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" autoFocus isDisabled={isSending} onPress={onSend}>
          {isSending ? "Sending again" : "Send anyway"}
        </Button>
        <Button look="quiet" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </DialogFrame>
  );
}
