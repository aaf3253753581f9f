import type { OfficeReport } from "@intake/core/reports/schema";
import { DayChart } from "./day-chart";
import { WaitChart } from "./wait-chart";

/** The charts that need the chart library; loaded when the numbers are there. */
export function Charts({ report }: { report: OfficeReport }) {
  return (
    <div className="grid gap-8 xl:grid-cols-2">
      <DayChart report={report} />
      <WaitChart report={report} />
    </div>
  );
}
