import { Copy, Download, Printer } from "lucide-react";
import { useState } from "react";
import { Button, buttonClass } from "../parts/button";
import { DialogFrame } from "../parts/dialog-frame";

const icon = { size: 16, strokeWidth: 1.75, "aria-hidden": true };

/** The recovery codes, for the only time they can be seen. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const text = `Intake recovery codes for ${location.host}. Each works once.\n\n${codes.join("\n")}\n`;
  return (
    <DialogFrame title="Keep these recovery codes" onClose={onClose} isDismissable={false}>
      <p className="text-fg-2">
        They let you in when your phone or passkey is gone. Each works once, and they are shown only now.
      </p>
      <ul className="num grid grid-cols-2 gap-x-4 gap-y-1 rounded-2 border border-line bg-sunken px-4 py-3 text-md">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2 print:hidden">
        <Button onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          <Copy {...icon} />
          {isCopied ? "Copied" : "Copy"}
        </Button>
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="intake-recovery-codes.txt"
          className={buttonClass()}
        >
          <Download {...icon} />
          Download
        </a>
        <Button onPress={() => print()}>
          <Printer {...icon} />
          Print
        </Button>
      </div>
      <Button look="primary" onPress={onClose} className="justify-self-start print:hidden">
        I have kept them
      </Button>
    </DialogFrame>
  );
}
