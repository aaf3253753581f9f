const nameWidths = ["w-[46%]", "w-[38%]", "w-[58%]", "w-[30%]", "w-[44%]", "w-[52%]"];
const rows = 12;

/** The shape of the list while it loads; invisible for the first 150 ms. */
export function LeadsSkeleton() {
  return (
    <div className="appear-late">
      <p role="status" className="sr-only">
        Loading leads
      </p>
      <div aria-hidden className="border-t border-line md:mt-8">
        {Array.from({ length: rows }, (_, index) => (
          <div
            key={index}
            className="flex h-(--row-h) items-center gap-6 border-b border-line px-6 max-md:h-25 max-md:px-4"
          >
            <div className="grid flex-1 gap-2">
              <span className={`skeleton ${nameWidths[index % nameWidths.length]}`} />
              <span className="skeleton h-2 w-3/5" />
            </div>
            <span className="skeleton h-5 w-19" />
            <span className="skeleton w-18 max-md:hidden" />
            <span className="skeleton w-18 max-md:hidden" />
          </div>
        ))}
      </div>
    </div>
  );
}
