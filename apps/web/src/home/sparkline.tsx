const width = 90;
const height = 24;

/** The way of a number over the period, without scale: the figures beside it are what counts, so it is nothing to read out. */
export function Sparkline({
  values,
  isWorse = false,
}: {
  values: readonly (number | null)[];
  isWorse?: boolean;
}) {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = (width - 4) / Math.max(1, values.length - 1);
  const points = values.flatMap((value, index) => {
    if (value === null) return [];
    const share = high === low ? 0.5 : (value - low) / (high - low);
    return [{ x: 2 + index * step, y: height - 2 - share * (height - 4) }];
  });
  const last = points.at(-1);
  const colour = isWorse ? "var(--data-2)" : "var(--data-1)";
  return (
    <svg aria-hidden className="my-1 block h-[1.625rem] w-[5.625rem]" viewBox={`0 -1 ${width} ${height + 2}`}>
      {points.length > 1 ? (
        <polyline
          points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")}
          fill="none"
          stroke={colour}
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      ) : null}
      {last && points.length > 1 ? <circle cx={last.x} cy={last.y} r="2.25" fill={colour} /> : null}
    </svg>
  );
}
