import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { countTroubles, reportParts } from "@intake/core/operations/policy";
import type { Operations } from "@intake/core/operations/schema";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { Button } from "../parts/button";
import { MessagePage } from "../parts/message-page";
import { WithPermission } from "../settings/with-permission";
import { usePageTitle } from "../shell/page-title";
import { useZone } from "../time/clock";
import { toTheSecond } from "../time/moments";
import { DeadJobs } from "./dead-jobs";
import { OperationsSkeleton } from "./operations-skeleton";
import { PartList } from "./part-list";
import { QueueTable } from "./queue-table";
import { VersionFacts } from "./version-facts";

/** How often it looks by itself, in seconds. That keeps no session alive: the calls say how long nobody has touched the screen. */
const everySeconds = 15;

/** How it stands with everything that can fail by itself, and what to do about it. */
export function OperationsPage() {
  usePageTitle("Operations");
  return (
    <WithPermission permission="operations.manage">
      <Looked />
    </WithPermission>
  );
}

function Looked() {
  const operations = trpc.operations.get.useQuery(undefined, { refetchInterval: everySeconds * 1000 });
  const { data } = operations;
  if (operations.isError && !data)
    return (
      <MessagePage
        level={1}
        title="How Intake runs could not be found out"
        actions={
          <Button look="primary" onPress={() => operations.refetch()}>
            Try again
          </Button>
        }
      >
        <p>{readFailure(operations.error).message}</p>
        <p>
          The database itself may be away: <code>/readyz</code> says which part does not answer.
        </p>
      </MessagePage>
    );
  return (
    <>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-6 pt-4 pb-3 max-md:px-4 max-md:pt-3">
        <h1 className="font-display text-2xl font-medium tracking-[-0.01em]">Operations</h1>
        {data ? <Summary operations={data} isStale={operations.isError} /> : null}
      </header>
      {data ? <Parts operations={data} /> : <OperationsSkeleton />}
    </>
  );
}

function Summary({ operations, isStale }: { operations: Operations; isStale: boolean }) {
  const zone = useZone();
  const troubles = countTroubles(reportParts(operations));
  const time = toTheSecond(new Date(operations.checkedAt), zone).split(", ").at(-1);
  const isCalm = troubles === 0;
  const Icon = isCalm ? CircleCheck : TriangleAlert;
  return (
    <>
      <p
        role="status"
        className={`flex items-center gap-1.5 rounded-2 px-2 py-0.5 text-xs font-medium ${isCalm ? "bg-done-bg text-done" : "bg-pending-bg text-pending"}`}
      >
        <Icon size={14} strokeWidth={1.75} aria-hidden className="flex-none" />
        {isCalm ? "Everything works" : `${troubles} ${troubles === 1 ? "thing needs" : "things need"} a look`}
      </p>
      <p className="num ms-auto text-xs text-fg-3">
        {isStale ? "No answer since" : "Checked"} {time}, every {everySeconds} s
      </p>
    </>
  );
}

function Parts({ operations }: { operations: Operations }) {
  return (
    <div className="grid gap-x-8 px-6 pb-8 max-md:px-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="min-w-0">
        <PartList parts={reportParts(operations)} />
        <DeadJobs jobs={operations.deadJobs} />
      </div>
      <div className="min-w-0 xl:border-s-3 xl:border-double xl:border-line-2 xl:ps-5">
        <QueueTable queues={operations.queues} />
        <VersionFacts version={operations.version} />
      </div>
    </div>
  );
}
