import type { Office } from "@intake/core/office/schema";
import { Notice } from "../parts/notice";

const list = new Intl.ListFormat("en-GB");

/** Who gets the next leads, where the office gives them to somebody by itself. */
export function TakersLine({ office: { mode, takers } }: { office: Pick<Office, "mode" | "takers"> }) {
  if (mode === "MANUAL") return null;
  if (takers.length === 0)
    return (
      <Notice tone="warn">
        <p>
          Nobody takes leads now. New ones are nobody’s until somebody says in their profile that they do.
        </p>
      </Notice>
    );
  return (
    <p className="text-fg-2">
      Now: {list.format(takers.map(({ name }) => name))}. Everybody says in their profile whether they take
      leads, and when they are away.
    </p>
  );
}
