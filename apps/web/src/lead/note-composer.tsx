import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import type { SignedInUser } from "@intake/core/auth/schema";
import { noteTextSchema } from "@intake/core/notes/schema";
import { useMutation } from "@tanstack/react-query";
import { type Ref, useState } from "react";
import { Button } from "../parts/button";
import { showToast } from "../shell/toast-store";
import { NoteField } from "./note-field";
import { useDraft } from "./use-draft";

interface NoteComposerProps {
  leadId: string;
  user: SignedInUser;
  ref: Ref<HTMLTextAreaElement>;
}

/** A new note. What is typed stays in this browser until it is saved. */
export function NoteComposer({ leadId, user, ref }: NoteComposerProps) {
  const utils = trpc.useUtils();
  const colleagues = trpc.leads.colleagues.useQuery(undefined, { staleTime: 60_000 });
  const { draft, change, clear } = useDraft({ userId: user.id, leadId });
  const [problem, setProblem] = useState<string | null>(null);
  const isEmpty = draft.body.trim() === "";
  const saving = useMutation({
    meta: { showsItsErrors: true },
    mutationFn: (body: string) => utils.client.notes.add.mutate({ leadId, noteId: draft.noteId, body }),
    onSuccess() {
      clear();
      showToast({ tone: "done", text: "Note saved." });
      return utils.leads.events.invalidate({ leadId });
    },
    onError(error) {
      const { code, message } = readFailure(error);
      setProblem(code === "UNAUTHORIZED" ? null : `Not saved. ${message} Your text is kept here.`);
    },
  });

  function save(): void {
    if (isEmpty || saving.isPending) return;
    const body = noteTextSchema.safeParse(draft.body);
    setProblem(body.error?.issues[0]?.message ?? null);
    if (body.success) saving.mutate(body.data);
  }

  return (
    <div className="print:hidden mb-4 grid gap-2">
      <NoteField
        ref={ref}
        label="New note"
        placeholder="Note for colleagues. The prospect never sees it."
        value={draft.body}
        onChange={(body) => {
          setProblem(null);
          change(body);
        }}
        onSubmit={save}
        colleagues={colleagues.data ?? []}
        problem={problem}
      />
      {isEmpty ? null : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button onPress={save}>{saving.isPending ? "Saving…" : "Save note"}</Button>
          <p className="text-xs text-fg-3">
            Ctrl or ⌘ with Enter saves, @ names a colleague. Kept in this browser until then.
          </p>
        </div>
      )}
    </div>
  );
}
