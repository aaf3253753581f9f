/** The mark: a document with a bound edge. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinejoin="round"
      className="flex-none text-ink"
    >
      <path d="M4.5 2.5h7.2l3.8 3.8v11.2h-11z" />
      <path d="M7.6 2.5v15" strokeWidth="1.1" />
      <path d="M10 10.2h3M10 13.2h3" strokeLinecap="round" />
    </svg>
  );
}
