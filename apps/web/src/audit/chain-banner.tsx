import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { describeProblem } from "@intake/core/audit/policy";
import type { ChainReport } from "@intake/core/audit/schema";
import { Link2, Link2Off } from "lucide-react";
import { Button } from "../parts/button";
import { Moment } from "../time/moment";

/** Whether the chain of seals is whole: proved while the page is open, and what the last nightly proof of all of it found. */
export function ChainBanner() {
  const chain = trpc.audit.checkChain.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  const lastNight = trpc.audit.nightlyCheck.useQuery();
  const nightly = lastNight.data;
  const isBroken = Boolean(chain.data?.problem) || nightly?.isWhole === false;
  const Icon = isBroken ? Link2Off : Link2;
  return (
    <div
      className={`flex flex-wrap items-start gap-x-4 gap-y-2 rounded-e-2 border border-s-[3px] px-4 py-3 ${isBroken ? "border-transparent border-s-danger-mark bg-danger-bg" : "border-line border-s-done-mark bg-surface"}`}
    >
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className={`mt-0.5 flex-none ${isBroken ? "text-danger" : "text-done"}`}
      />
      <div role={isBroken ? "alert" : undefined} className="min-w-0 flex-1 basis-52 wrap-anywhere">
        <p>
          {chain.data ? <Verdict report={chain.data} /> : null}
          {chain.isPending ? "Checking the chain of seals" : null}
          {chain.isError && !chain.data ? readFailure(chain.error).message : null}
        </p>
        {nightly ? (
          <p className="text-fg-2">
            {nightly.isWhole
              ? "The last nightly check found all "
              : "The last nightly check found a fault after "}
            {count(nightly.checked)} {nightly.isWhole ? "whole" : "that are whole"},{" "}
            <Moment at={nightly.at} />.
          </p>
        ) : null}
      </div>
      <Button
        onPress={() => {
          void chain.refetch();
          void lastNight.refetch();
        }}
        isDisabled={chain.isFetching}
      >
        {chain.isFetching ? "Checking" : "Check again"}
      </Button>
    </div>
  );
}

function Verdict({ report: { checked, head, problem } }: { report: ChainReport }) {
  if (problem)
    return (
      <>
        <b className="font-semibold">The chain is broken.</b> {describeProblem(problem)} Tell whoever runs
        Intake: <code>npm run audit:verify</code> checks it from the start.
      </>
    );
  if (!head) return "Nothing is sealed yet; that takes a few seconds.";
  const extent =
    checked === head.count
      ? `${count(checked)}, each sealed over the one before.`
      : `${count(head.count)}; the newest ${checked.toLocaleString("en-GB")} were checked now, all of them are every night.`;
  return (
    <>
      <b className="font-semibold">The chain is unbroken.</b> {extent}
    </>
  );
}

function count(entries: number): string {
  return `${entries.toLocaleString("en-GB")} ${entries === 1 ? "entry" : "entries"}`;
}
