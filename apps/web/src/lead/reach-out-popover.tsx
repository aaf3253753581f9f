import { contactChannelSchema, contactChannels, updateLeadStatusSchema } from "@intake/core/leads/schema";
import { ChevronDown } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components/Popover";
import { Button } from "../parts/button";
import { inputClass } from "../parts/field";
import { channelLabels } from "./timeline";
import type { StatusWish } from "./use-status-change";

interface ReachOutPopoverProps {
  isDisabled: boolean;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onChange: (wish: StatusWish) => void;
}

const noteSchema = updateLeadStatusSchema.shape.note;

/** How the person was reached, and a note for colleagues: beside the one-click button, for those who want it. */
export function ReachOutPopover({ isDisabled, isOpen, onOpenChange, onChange }: ReachOutPopoverProps) {
  // Kept here: a press beside the popover, or signing in again over it, closes it and must not lose what was typed.
  const [note, setNote] = useState("");
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button
        look="primary"
        shape="icon"
        isDisabled={isDisabled}
        aria-label="Mark reached out, saying how"
        className="rounded-s-none border-s-on-ink/35"
      >
        <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      <Popover
        placement="bottom start"
        className="rise z-(--z-popover) w-80 max-w-[calc(100vw-2rem)] rounded-3 border border-line-2 bg-raised shadow-2"
      >
        <Dialog aria-label="How you reached out" className="outline-none">
          {({ close }) => (
            <ReachOutForm
              note={note}
              onType={setNote}
              onChange={(wish) => {
                close();
                setNote("");
                onChange(wish);
              }}
            />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

interface ReachOutFormProps {
  note: string;
  onType: (note: string) => void;
  onChange: (wish: StatusWish) => void;
}

function ReachOutForm({ note: typed, onType, onChange }: ReachOutFormProps) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const channel = contactChannelSchema.safeParse(data.get("channel")).data;
    const note = noteSchema.safeParse(typed.trim() === "" ? undefined : typed);
    if (!note.success) {
      setProblem(note.error.issues[0]?.message ?? "Check the note.");
      return;
    }
    onChange({
      status: "REACHED_OUT",
      ...(channel ? { channel } : {}),
      ...(note.data ? { note: note.data } : {}),
    });
  }

  return (
    <form onSubmit={submit} className="grid gap-3 p-4">
      <fieldset>
        <legend className="mb-1 font-medium">How</legend>
        {contactChannels.map((channel) => (
          <label key={channel} className="flex min-h-(--control-h) items-center gap-2">
            <input
              type="radio"
              name="channel"
              value={channel}
              defaultChecked={channel === "EMAIL"}
              // biome-ignore lint/a11y/noAutofocus: focus moves into the dialog that was just opened
              autoFocus={channel === "EMAIL"}
              className="size-4 accent-(--ink)"
            />
            {channelLabels[channel]}
          </label>
        ))}
      </fieldset>
      <div>
        <label htmlFor={id} className="mb-1 block font-medium">
          Note for colleagues <span className="font-normal text-fg-3">(optional)</span>
        </label>
        {problem ? (
          <p id={`${id}-error`} className="mb-1 text-danger">
            {problem}
          </p>
        ) : null}
        <textarea
          id={id}
          name="note"
          rows={3}
          value={typed}
          onChange={(event) => onType(event.target.value)}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-error` : undefined}
          className={`${inputClass} block resize-none py-1.5`}
        />
      </div>
      <Button type="submit" look="primary">
        Mark reached out
      </Button>
    </form>
  );
}
