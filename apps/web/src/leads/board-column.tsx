import type { Failure } from "@intake/client/failure";
import type { LeadItem, LeadPage, LeadStatus } from "@intake/core/leads/schema";
import { ArrowLeft, ArrowRight, GripVertical } from "lucide-react";
import { Button as DragButton } from "react-aria-components/Button";
import { GridList, GridListItem } from "react-aria-components/GridList";
import { useDragAndDrop } from "react-aria-components/useDragAndDrop";
import { Button } from "../parts/button";
import { StatusBadge, statusWords } from "../parts/status-badge";
import { Moment } from "../time/moment";
import { AnswerCell, AssigneeCell } from "./lead-cells";
import { fullName, LeadLink } from "./lead-link";
import { describeTotal } from "./leads-footer";

const dragType = "application/x-intake-lead";

interface BoardColumnProps {
  status: LeadStatus;
  page: LeadPage | undefined;
  /** Why there is nothing to see. */
  failure: Failure | null;
  onRetry: () => unknown;
  onMore: (() => void) | undefined;
  /** A card of another column comes here; undefined for who may not change leads. */
  onMove: ((leadId: string) => void) | undefined;
  /** A card of this column goes to the other. */
  onMoveAway: ((leadId: string) => void) | undefined;
  onOpen: (lead: LeadItem) => void;
}

/** All leads of one status as cards. */
export function BoardColumn(props: BoardColumnProps) {
  const { status, page, failure, onRetry, onMore, onMove, onMoveAway, onOpen } = props;
  const leads = page?.items ?? [];
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ [dragType]: String(key) })),
    acceptedDragTypes: onMove ? [dragType] : [],
    getDropOperation: (target, types) => (target.type === "root" && types.has(dragType) ? "move" : "cancel"),
    isDisabled: !onMove,
    async onRootDrop({ items }) {
      for (const item of items) if (item.kind === "text") onMove?.(await item.getText(dragType));
    },
  });
  return (
    <section
      // One column over the other: the upper one must not push the lower when its cards come.
      className={`flex min-w-0 flex-col rounded-3 bg-sunken ${page ? "" : "max-md:min-h-dvh"}`}
    >
      <h2 className="flex items-center gap-2 px-3 py-2">
        <StatusBadge status={status} filled={false} />
        {page ? <span className="num text-xs font-normal text-fg-3">{describeTotal(page)}</span> : null}
      </h2>
      <GridList
        aria-label={statusWords[status]}
        items={leads}
        selectionMode="none"
        dragAndDropHooks={dragAndDropHooks}
        renderEmptyState={() => (
          <div className="grid justify-items-center gap-2 px-3 py-8 text-center text-fg-3">
            {page ? <p>Nobody here is {statusWords[status].toLowerCase()}.</p> : null}
            {failure ? (
              <>
                <p>{failure.message}</p>
                {failure.requestId ? <p>Request {failure.requestId}.</p> : null}
                <Button onPress={() => onRetry()}>Try again</Button>
              </>
            ) : null}
            {page || failure ? null : <p className="appear-late">Loading</p>}
          </div>
        )}
        className="grid flex-1 content-start gap-2 rounded-3 p-2 outline-none data-drop-target:outline-2 data-drop-target:-outline-offset-2 data-drop-target:outline-ink"
      >
        {(lead: LeadItem) => (
          <GridListItem
            id={lead.id}
            textValue={fullName(lead)}
            className="group relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 gap-y-1.5 rounded-2 border border-line bg-surface px-3 py-2.5 outline-none data-dragging:opacity-50 data-focus-visible:outline-2 data-focus-visible:outline-ink"
          >
            <LeadLink lead={lead} search={noSearch} onOpen={onOpen} />
            <span className="relative z-1 flex items-start gap-1">
              {onMoveAway ? (
                <>
                  <Button
                    look="quiet"
                    shape="icon"
                    aria-label={status === "PENDING" ? "Mark reached out" : "Set back to pending"}
                    onPress={() => onMoveAway(lead.id)}
                  >
                    {status === "PENDING" ? <ArrowRight {...icon} /> : <ArrowLeft {...icon} />}
                  </Button>
                  <DragButton
                    slot="drag"
                    className="grid size-(--control-h) place-items-center rounded-2 text-fg-3 hover:bg-hover pointer-coarse:size-(--touch-h)"
                  >
                    <GripVertical {...icon} />
                  </DragButton>
                </>
              ) : null}
            </span>
            <span className="col-span-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
              <AnswerCell lead={lead} />
              <AssigneeCell assignee={lead.assignee} />
              <Moment standsAlone at={lead.createdAt} className="ms-auto text-fg-3" />
            </span>
          </GridListItem>
        )}
      </GridList>
      {onMore ? (
        <Button look="quiet" onPress={onMore} className="m-2">
          Show more
        </Button>
      ) : null}
    </section>
  );
}

const icon = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;
const noSearch = { inPerson: undefined, inResume: undefined };
