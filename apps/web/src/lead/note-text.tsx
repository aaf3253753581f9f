import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import type { LeadEvent } from "@intake/core/leads/schema";
import { isEditable, splitAtMentions } from "@intake/core/notes/policy";
import { noteTextSchema } from "@intake/core/notes/schema";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button as PressButton } from "react-aria-components/Button";
import { Button } from "../parts/button";
import { useNow } from "../time/clock";
import { Moment } from "../time/moment";
import { NoteField } from "./note-field";

interface NoteTextProps {
  leadId: string;
  text: string;
  facts: LeadEvent["noteFacts"];
}

/** What a note says; its author can change it for a day. */
export function NoteText({ leadId, text, facts }: NoteTextProps) {
  const now = useNow();
  const [isEditing, setEditing] = useState(false);
  if (facts && isEditing)
    return <NoteEditor leadId={leadId} text={text} facts={facts} onDone={() => setEditing(false)} />;
  return (
    <div className={`mt-1 border-s-2 ps-3 ${facts?.mentionsYou ? "border-ink" : "border-line-2"}`}>
      <p className="whitespace-pre-line">
        <span className="sr-only">Note: </span>
        {splitAtMentions(text, facts?.mentions ?? []).map((part, index) =>
          part.isMention ? (
            <b key={index} className="font-semibold text-ink">
              {part.text}
            </b>
          ) : (
            part.text
          ),
        )}
      </p>
      {facts ? (
        <p className="flex items-center gap-2 text-xs text-fg-3 empty:hidden">
          {facts.mentionsYou ? <span>Names you</span> : null}
          {facts.editedAt ? (
            <span>
              Edited <Moment at={facts.editedAt} />
            </span>
          ) : null}
          {facts.isYours && isEditable(new Date(facts.writtenAt), now) ? (
            <PressButton
              onPress={() => setEditing(true)}
              className="print:hidden min-h-6 text-fg-2 underline hover:text-fg pointer-coarse:min-h-(--touch-h)"
            >
              Change
            </PressButton>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

interface NoteEditorProps {
  leadId: string;
  text: string;
  facts: NonNullable<LeadEvent["noteFacts"]>;
  onDone: () => void;
}

function NoteEditor({ leadId, text, facts, onDone }: NoteEditorProps) {
  const utils = trpc.useUtils();
  const colleagues = trpc.leads.colleagues.useQuery(undefined, { staleTime: 60_000 });
  const [body, setBody] = useState(text);
  const [problem, setProblem] = useState<string | null>(null);
  const saving = useMutation({
    meta: { showsItsErrors: true },
    mutationFn: (changed: string) =>
      utils.client.notes.edit.mutate({ noteId: facts.id, body: changed, editedAt: facts.editedAt }),
    async onSuccess() {
      await utils.leads.events.invalidate({ leadId });
      onDone();
    },
    onError: (error) => setProblem(`Not saved. ${readFailure(error).message}`),
  });
  function save(): void {
    if (saving.isPending) return;
    const checked = noteTextSchema.safeParse(body);
    setProblem(checked.error?.issues[0]?.message ?? null);
    if (checked.success) saving.mutate(checked.data);
  }
  return (
    <div className="mt-1 grid gap-2">
      <NoteField
        label="Change the note"
        value={body}
        onChange={setBody}
        onSubmit={save}
        onEscape={onDone}
        colleagues={colleagues.data ?? []}
        problem={problem}
        isFocusedFirst
      />
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onPress={save}>
          {saving.isPending ? "Saving…" : "Save"}
        </Button>
        <Button look="quiet" onPress={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
