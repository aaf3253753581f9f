/** The shape of the callouts while they load; invisible for the first 150 ms, like the others here. */
export function NeedsSkeleton() {
  return (
    <div className="appear-late grid gap-3 md:grid-cols-3">
      <p role="status" className="sr-only">
        Loading what needs you
      </p>
      {[0, 1, 2].map((index) => (
        <div
          key={index}
          aria-hidden
          className="grid h-[4.125rem] content-center gap-2 border border-line px-4"
        >
          <span className="skeleton w-2/5" />
          <span className="skeleton h-2 w-4/5" />
        </div>
      ))}
    </div>
  );
}

/** The shape of the six numbers. */
export function NumbersSkeleton() {
  return (
    <div className="appear-late border-y border-line">
      <p role="status" className="sr-only">
        Loading the numbers
      </p>
      <div aria-hidden className="grid max-xl:grid-cols-3 max-md:grid-cols-2 xl:grid-cols-6">
        {Array.from({ length: 6 }, (_, index) => (
          <div key={index} className="grid h-47 content-start gap-4 py-4 pe-4 md:px-4 xl:first:ps-0">
            <span className="skeleton w-3/5" />
            <span className="skeleton h-6 w-2/5" />
            <span className="skeleton w-3/5" />
            <span className="skeleton h-2 w-4/5" />
          </div>
        ))}
      </div>
    </div>
  );
}

/** The room that the charts will take. */
export function ChartsSkeleton() {
  return (
    <div aria-hidden className="appear-late grid gap-8 xl:grid-cols-2">
      {[0, 1].map((index) => (
        <div key={index} className="grid h-[17.25rem] content-start gap-4">
          <span className="skeleton w-2/5" />
          <div className="h-[11.875rem] border-b border-line" />
        </div>
      ))}
    </div>
  );
}
