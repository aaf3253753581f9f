import { readFailure } from "@intake/client/failure";
import { useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import { type Lead, type LeadItem, type LeadStatus, leadStatusSchema } from "@intake/core/leads/schema";
import { type ReactNode, useState } from "react";
import { RevertDialog } from "../lead/revert-dialog";
import { useStatusChange } from "../lead/use-status-change";
import { Notice } from "../parts/notice";
import { statusWords } from "../parts/status-badge";
import { BoardColumn } from "./board-column";
import { fullName } from "./lead-link";
import { startTrail } from "./lead-trail";
import { changePlace, type ListPlace, readAddress } from "./leads-address";
import { useLeadsList } from "./use-leads-list";

interface LeadsBoardProps {
  place: ListPlace;
  /** Stands there when no column has a lead. */
  nobody: ReactNode;
}

/** Leads as cards under their status; moving one there changes it, by pointer or by keyboard. */
export function LeadsBoard({ place, nobody }: LeadsBoardProps) {
  const user = useUser();
  const mayMove = user !== null && can(user, "leads.update-status");
  const { change, isFresh, conflict, closeConflict } = useStatusChange();
  const [reverted, setReverted] = useState<Lead | null>(null);
  const columns = {
    PENDING: useColumn(place, "PENDING"),
    REACHED_OUT: useColumn(place, "REACHED_OUT"),
  };

  function move(leadId: string, to: LeadStatus): void {
    const from = to === "PENDING" ? columns.REACHED_OUT : columns.PENDING;
    const lead = from.page?.items.find(({ id }) => id === leadId);
    if (!lead) return;
    // Only one's own change of a moment ago needs no reason.
    if (to === "PENDING" && !isFresh()) setReverted(lead);
    else change(lead, { status: to });
  }

  function open(lead: LeadItem): void {
    const { page, place: from } = columns[lead.status];
    if (page) startTrail({ address: changePlace(place, {}), place: from, page }, lead.id);
  }

  if (columns.PENDING.page?.items.length === 0 && columns.REACHED_OUT.page?.items.length === 0) return nobody;
  return (
    <>
      {conflict ? (
        <div className="px-6 pb-3 max-md:px-4">
          <Notice tone="warn" announce>
            <p>
              {fullName(conflict.current)} was changed by someone else meanwhile and is{" "}
              {statusWords[conflict.current.status].toLowerCase()} now.{" "}
              <button type="button" onClick={closeConflict} className="text-ink underline">
                Understood
              </button>
            </p>
          </Notice>
        </div>
      ) : null}
      <div className="grid flex-1 grid-cols-2 gap-4 px-6 pb-6 max-md:grid-cols-1 max-md:px-4">
        {leadStatusSchema.options.map((status) => {
          const { list, page, loadMore } = columns[status];
          return (
            <BoardColumn
              key={status}
              status={status}
              page={page}
              failure={list.isError && !page ? readFailure(list.error) : null}
              onRetry={list.refetch}
              onMore={page?.nextCursor ? loadMore : undefined}
              onMove={mayMove ? (leadId) => move(leadId, status) : undefined}
              onMoveAway={
                mayMove
                  ? (leadId) => move(leadId, status === "PENDING" ? "REACHED_OUT" : "PENDING")
                  : undefined
              }
              onOpen={open}
            />
          );
        })}
      </div>
      {reverted ? (
        <RevertDialog
          lead={reverted}
          onClose={() => setReverted(null)}
          onRevert={(note) => {
            change(reverted, { status: "PENDING", note });
            setReverted(null);
          }}
        />
      ) : null}
    </>
  );
}

/** The leads of one status; the board has no pages, only more. */
function useColumn(place: ListPlace, status: LeadStatus) {
  const own = readAddress(changePlace(place, { status, view: undefined })).place;
  return { ...useLeadsList(own), place: own };
}
