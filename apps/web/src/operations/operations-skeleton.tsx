/** The shape of the page while it loads; invisible for the first 150 ms. */
export function OperationsSkeleton() {
  return (
    <div className="appear-late px-6 pb-8 max-md:px-4">
      <p role="status" className="sr-only">
        Looking at every part
      </p>
      <div aria-hidden className="mt-9 border-t border-line xl:me-104">
        {Array.from({ length: 9 }, (_, index) => (
          <div key={index} className="flex h-11.5 items-center gap-3 border-b border-line">
            <span className="skeleton size-4 flex-none" />
            <span className="skeleton w-1/2" />
          </div>
        ))}
      </div>
    </div>
  );
}
