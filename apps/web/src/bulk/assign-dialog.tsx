import { trpc } from "@intake/client/react";
import type { ActiveColleague } from "@intake/core/assignment/schema";
import { useState } from "react";
import type { LeadSelection } from "../leads/selection";
import { Choice } from "../parts/choice";
import { awayWords } from "../time/moments";
import { BulkDialog } from "./bulk-dialog";

interface AssignDialogProps {
  selection: LeadSelection;
  onClose: () => void;
  onStarted: () => void;
}

const nobody = "nobody";

/** One person in charge of many leads. */
export function AssignDialog({ selection, onClose, onStarted }: AssignDialogProps) {
  const colleagues = trpc.leads.colleagues.useQuery(undefined, { staleTime: 60_000 });
  const [chosen, setChosen] = useState("");
  const people = (colleagues.data ?? []).filter(({ takesPart }) => takesPart);
  const inOrder = people.toSorted((left, right) => Number(right.isYou) - Number(left.isYou));
  return (
    <BulkDialog
      title={(leads) => `Assign ${leads}?`}
      send={(leads) => `Assign ${leads}`}
      selection={selection}
      change={chosen === "" ? null : { kind: "ASSIGN", assigneeId: chosen === nobody ? null : chosen }}
      missing="Choose who is to be in charge."
      onClose={onClose}
      onStarted={onStarted}
    >
      <Choice
        label="In charge"
        hint="They find these leads under “Mine”; no mail is sent for each of them."
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="" disabled>
          Choose a colleague
        </option>
        {inOrder.map((person) => (
          <option key={person.id} value={person.id}>
            {describe(person)}
          </option>
        ))}
        <option value={nobody}>Nobody</option>
      </Choice>
    </BulkDialog>
  );
}

function describe({ name, isYou, awayUntil }: ActiveColleague): string {
  return `${name}${isYou ? " (you)" : ""}${awayUntil ? `, ${awayWords(awayUntil)}` : ""}`;
}
