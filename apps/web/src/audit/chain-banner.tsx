import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { describeProblem } from "@intake/core/audit/policy";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";

/** Whether the chain of seals is whole, proved while the page is open. */
export function ChainBanner() {
  const chain = trpc.audit.checkChain.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  const again = (
    <Button onPress={() => chain.refetch()} isDisabled={chain.isFetching}>
      {chain.isFetching ? "Checking" : "Check again"}
    </Button>
  );
  const { data } = chain;
  return (
    <Notice tone={data?.problem ? "bad" : chain.isError ? "warn" : "info"} announce={Boolean(data?.problem)}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-60">
          {chain.isPending ? "Checking the chain of seals" : null}
          {chain.isError && !data ? readFailure(chain.error).message : null}
          {data?.problem ? (
            <>
              <b className="font-semibold">The chain is broken.</b> {describeProblem(data.problem)} Tell
              whoever runs Intake: <code>npm run audit:verify</code> checks it from the start.
            </>
          ) : null}
          {data && !data.problem ? (
            <>
              <b className="font-semibold">The chain is unbroken.</b> {describeExtent(data)}
            </>
          ) : null}
        </p>
        {again}
      </div>
    </Notice>
  );
}

function describeExtent({ checked, head }: { checked: number; head: { count: number } | null }): string {
  if (!head) return "Nothing is sealed yet; that takes a few seconds.";
  const total = head.count.toLocaleString("en-GB");
  return checked === head.count
    ? `${total} ${head.count === 1 ? "entry" : "entries, each sealed over the one before"}.`
    : `${total} entries; the newest ${checked.toLocaleString("en-GB")} were checked now, all of them are every night.`;
}
