import { useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import { viewNameSchema } from "@intake/core/views/schema";
import { useState } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";

interface NameFormProps {
  send: string;
  name?: string;
  isShared?: boolean;
  onSend: (view: { name: string; isShared: boolean }) => void;
}

/** A view's name, and whether the office sees it. */
export function NameForm({ send, name = "", isShared = false, onSend }: NameFormProps) {
  const user = useUser();
  const [typed, setTyped] = useState(name);
  const [shares, setShares] = useState(isShared);
  const [problem, setProblem] = useState<string>();
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const parsed = viewNameSchema.safeParse(typed);
        if (parsed.success) onSend({ name: parsed.data, isShared: shares });
        else setProblem(parsed.error.issues[0]?.message);
      }}
    >
      <Field
        label="Name of the view"
        value={typed}
        error={problem}
        maxLength={100}
        autoFocus
        onChange={(event) => setTyped(event.target.value)}
      />
      {user && can(user, "views.share") ? (
        <label className="flex min-h-(--control-h) items-center gap-2">
          <input
            type="checkbox"
            checked={shares}
            onChange={(event) => setShares(event.target.checked)}
            className="size-4 accent-(--ink)"
          />
          Share with the office
        </label>
      ) : null}
      <Button type="submit" look="primary">
        {send}
      </Button>
    </form>
  );
}
