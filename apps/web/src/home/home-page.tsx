import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { reportPeriods } from "@intake/core/reports/schema";
import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { lazy, Suspense } from "react";
import { Button } from "../parts/button";
import { MessagePage } from "../parts/message-page";
import { Notice } from "../parts/notice";
import { WithPermission } from "../settings/with-permission";
import { usePageTitle } from "../shell/page-title";
import { useNow, useZone } from "../time/clock";
import { FailureBars } from "./failure-bars";
import { readHomeAddress } from "./home-address";
import { ChartsSkeleton, NeedsSkeleton, NumbersSkeleton } from "./home-skeleton";
import { Meanings } from "./meanings";
import { Needs } from "./needs";
import { SixNumbers } from "./six-numbers";

const route = getRouteApi("/staff/");
const Charts = lazy(() => import("./charts").then(({ Charts: component }) => ({ default: component })));

/** Where the day begins: what waits for somebody, how the office is doing, and the leads behind every number. */
export function HomePage() {
  usePageTitle("Home");
  return (
    <WithPermission permission="reports.read">
      <Home />
    </WithPermission>
  );
}

function Home() {
  const { question, ignored } = readHomeAddress(route.useSearch());
  const today = useToday();
  const attention = trpc.reports.attention.useQuery();
  const report = trpc.reports.office.useQuery(question, { placeholderData: keepPreviousData });
  const failed = report.error && !report.data ? readFailure(report.error) : null;
  return (
    <>
      <header className="flex flex-wrap items-center gap-3 px-6 pt-4 pb-2 max-md:px-4 max-md:pt-3">
        <h1 className="me-auto font-display text-2xl font-medium tracking-[-0.01em]">{today}</h1>
        <Periods days={question.days} />
      </header>
      <div className="grid gap-6 px-6 pb-8 max-md:px-4">
        {ignored === null ? null : (
          <Notice tone="info">
            The address asks for “{ignored.slice(0, 40)}” days. There are numbers for 7, 30 and 90; these are
            30.
          </Notice>
        )}
        {attention.data ? <Needs attention={attention.data} /> : null}
        {attention.isPending ? <NeedsSkeleton /> : null}
        {failed ? (
          <FailedReport
            message={failed.message}
            requestId={failed.requestId}
            onRetry={() => report.refetch()}
          />
        ) : report.data ? (
          <div aria-busy={report.isPlaceholderData} className="grid min-w-0 gap-6">
            <SixNumbers report={report.data} />
            <Suspense fallback={<ChartsSkeleton />}>
              <Charts report={report.data} />
            </Suspense>
            <FailureBars report={report.data} />
            <Meanings report={report.data} />
          </div>
        ) : (
          <>
            <NumbersSkeleton />
            <ChartsSkeleton />
          </>
        )}
      </div>
    </>
  );
}

/** The reader's own date, `Tuesday, 24 November`. */
function useToday(): string {
  const [now, timeZone] = [useNow(), useZone()];
  const weekday = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "long" }).format(now);
  const date = new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "long" }).format(now);
  return `${weekday}, ${date}`;
}

function Periods({ days }: { days: number }) {
  return (
    <nav aria-label="Period" className="flex">
      {reportPeriods.map((period) => (
        <Link
          key={period}
          to="/"
          search={{ days: String(period) }}
          // The router compares addresses; 30 days are also chosen when the address says nothing.
          aria-current={period === days ? "page" : undefined}
          activeProps={{ "aria-current": period === days ? "page" : undefined }}
          className="-ms-px inline-flex min-h-(--control-h) items-center border border-line-2 px-3 text-fg-2 no-underline first:ms-0 first:rounded-s-2 last:rounded-e-2 hover:bg-hover hover:text-fg aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-fg pointer-coarse:min-h-(--touch-h)"
        >
          {period} days
        </Link>
      ))}
    </nav>
  );
}

interface FailedReportProps {
  message: string;
  requestId: string | undefined;
  onRetry(): unknown;
}

function FailedReport({ message, requestId, onRetry }: FailedReportProps) {
  return (
    <MessagePage
      title="The numbers could not be loaded"
      actions={
        <Button look="primary" onPress={() => onRetry()}>
          <RotateCw size={16} strokeWidth={1.75} aria-hidden />
          Try again
        </Button>
      }
    >
      <p>{message} The leads themselves are not touched.</p>
      {requestId ? <p>Request {requestId}. Quote it to whoever runs Intake.</p> : null}
    </MessagePage>
  );
}
