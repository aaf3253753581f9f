import { trpc } from "@intake/client/react";
import { useNavigate } from "@tanstack/react-router";
import { showToast } from "../shell/toast-store";
import { startTrail } from "./lead-trail";
import { changePlace, type ListPlace, readAddress, toQuery } from "./leads-address";

/** Opens the first lead of this list that waits for an answer, unread ones first; next and previous then walk those that wait. */
export function useTriage(place: ListPlace): () => void {
  const { client } = trpc.useUtils();
  const navigate = useNavigate();
  async function start(): Promise<void> {
    const address = changePlace(place, { status: "PENDING", view: undefined });
    const waiting = readAddress(address).place;
    const page = await client.leads.list.query(toQuery(waiting));
    const first = page.items.find((lead) => lead.isUnread) ?? page.items[0];
    if (!first) {
      showToast({ tone: "done", text: "Nobody in this list waits for an answer." });
      return;
    }
    startTrail({ address, place: waiting, page }, first.id);
    await navigate({ to: "/leads/$leadId", params: { leadId: first.id } });
  }
  return () =>
    void start().catch(() =>
      showToast({ tone: "bad", text: "The next lead could not be loaded. Try again." }),
    );
}
