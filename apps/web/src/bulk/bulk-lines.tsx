import { trpc, useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { BulkProgress } from "@intake/core/bulk/schema";
import { Check, CircleAlert, X } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../parts/button";
import { showToast } from "../shell/toast-store";
import { progressWords } from "./bulk-words";

/** How often a change that is under way is asked for, in milliseconds. */
const pollMilliseconds = 700;

/** The person's changes of many leads: how far each is, and how the last one can be taken back for an hour. */
export function BulkLines() {
  const user = useUser();
  if (!user || !can(user, "leads.change-many")) return null;
  return <MyLines />;
}

function MyLines() {
  const utils = trpc.useUtils();
  const mine = trpc.bulk.mine.useQuery(undefined, {
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? pollMilliseconds : false),
  });
  const [closed, setClosed] = useState<readonly string[]>([]);
  const all = mine.data ?? [];
  const assigns = all.some(({ change }) => change.kind === "ASSIGN");
  const colleagues = trpc.leads.colleagues.useQuery(undefined, { enabled: assigns, staleTime: 60_000 });
  const nameOf = (id: string) => colleagues.data?.find((person) => person.id === id)?.name ?? "a colleague";
  const keep = (changed: BulkProgress) =>
    utils.bulk.mine.setData(undefined, (earlier) => [
      changed,
      ...(earlier ?? []).filter(({ id }) => id !== changed.id),
    ]);
  const cancel = trpc.bulk.cancel.useMutation({ onSuccess: keep });
  const undo = trpc.bulk.undo.useMutation({
    onSuccess: (begun, { bulkId }) => {
      setClosed((before) => [...before, bulkId]);
      keep(begun);
    },
  });
  const takeBack = ({ id }: BulkProgress) => undo.mutate({ bulkId: id });
  useEndings(all, (ended) => {
    void utils.leads.invalidate();
    const tone = ended.state === "DONE" ? "done" : "bad";
    const action = { label: "Undo", key: "U", run: () => takeBack(ended) };
    showToast({ tone, text: progressWords(ended, nameOf), ...(ended.canUndo ? { action } : {}) });
  });
  const newestEnded = all.find((each) => !isUnderWay(each));
  const shown = all.filter((each) => !closed.includes(each.id) && (isUnderWay(each) || each === newestEnded));
  return shown.map((each) => (
    <BulkLine
      key={each.id}
      progress={each}
      words={progressWords(each, nameOf)}
      onCancel={() => cancel.mutate({ bulkId: each.id })}
      onUndo={() => takeBack(each)}
      onClose={() => setClosed((before) => [...before, each.id])}
    />
  ));
}

function isUnderWay({ finishedAt }: BulkProgress): boolean {
  return finishedAt === null;
}

/** Says of each change that was seen under way that it has ended, once. */
function useEndings(all: BulkProgress[], onEnd: (ended: BulkProgress) => void): void {
  const running = useRef<ReadonlySet<string>>(new Set());
  const latest = useRef(onEnd);
  useLayoutEffect(() => {
    latest.current = onEnd;
  });
  useEffect(() => {
    for (const each of all) if (running.current.has(each.id) && !isUnderWay(each)) latest.current(each);
    running.current = new Set(all.filter(isUnderWay).map(({ id }) => id));
  }, [all]);
}

interface BulkLineProps {
  progress: BulkProgress;
  words: string;
  onCancel: () => void;
  onUndo: () => void;
  onClose: () => void;
}

function BulkLine({ progress, words, onCancel, onUndo, onClose }: BulkLineProps) {
  const { total, done, skipped, state, canUndo } = progress;
  const settled = done + skipped;
  const isRunning = isUnderWay(progress);
  const Icon = state === "DONE" || isRunning ? Check : CircleAlert;
  return (
    <section
      aria-label="Change of many leads"
      className="print:hidden flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-sunken px-6 py-1.5 max-md:px-4"
    >
      {isRunning ? null : <Icon size={16} strokeWidth={1.75} aria-hidden className="flex-none text-fg-2" />}
      <p className="min-w-0 flex-1 basis-48 wrap-anywhere">{words}</p>
      {isRunning ? (
        <>
          <progress
            aria-label={words}
            max={total}
            value={settled}
            className="h-1.5 w-40 overflow-hidden rounded-1 bg-line-2 max-md:order-last max-md:w-full [&::-moz-progress-bar]:bg-ink [&::-webkit-progress-bar]:bg-line-2 [&::-webkit-progress-value]:bg-ink"
          />
          <span className="num text-xs text-fg-2">
            {settled.toLocaleString("en-GB")} of {total.toLocaleString("en-GB")}
          </span>
          <Button look="quiet" onPress={onCancel}>
            Cancel
          </Button>
        </>
      ) : (
        <>
          {canUndo ? <Button onPress={onUndo}>Undo</Button> : null}
          <Button look="quiet" shape="icon" aria-label="Close this line" onPress={onClose}>
            <X size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        </>
      )}
    </section>
  );
}
