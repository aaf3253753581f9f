import { contactChannelSchema, contactChannels, leadStatusSchema } from "@intake/core/leads/schema";
import { useState } from "react";
import { channelLabels } from "../lead/timeline";
import type { LeadSelection } from "../leads/selection";
import { Choice } from "../parts/choice";
import { statusWords } from "../parts/status-badge";
import { BulkDialog } from "./bulk-dialog";

interface StatusDialogProps {
  selection: LeadSelection;
  onClose: () => void;
  onStarted: () => void;
}

/** One status for many leads. */
export function StatusDialog({ selection, onClose, onStarted }: StatusDialogProps) {
  const [status, setStatus] = useState<"PENDING" | "REACHED_OUT">("REACHED_OUT");
  const [channel, setChannel] = useState("");
  const isBack = status === "PENDING";
  const known = contactChannelSchema.safeParse(channel).data;
  return (
    <BulkDialog
      title={(leads) => (isBack ? `Set ${leads} back to pending?` : `Mark ${leads} reached out?`)}
      send={(leads) => (isBack ? `Set ${leads} back` : `Mark ${leads}`)}
      selection={selection}
      change={{ kind: "STATUS", status, ...(known && !isBack ? { channel: known } : {}) }}
      onClose={onClose}
      onStarted={onStarted}
    >
      <div className="grid gap-4 min-[26rem]:grid-cols-2">
        <Choice
          label="Status"
          value={status}
          onChange={(event) => setStatus(leadStatusSchema.parse(event.target.value))}
        >
          {leadStatusSchema.options.toReversed().map((each) => (
            <option key={each} value={each}>
              {statusWords[each]}
            </option>
          ))}
        </Choice>
        {isBack ? null : (
          <Choice label="How" value={channel} onChange={(event) => setChannel(event.target.value)}>
            <option value="">Not said</option>
            {contactChannels.map((each) => (
              <option key={each} value={each}>
                {channelLabels[each]}
              </option>
            ))}
          </Choice>
        )}
      </div>
    </BulkDialog>
  );
}
