import { getNiceTickValues, Layer, Rectangle, Surface } from "recharts";
import { plot } from "./chart-layout";

export interface PlottedBar {
  key: string;
  /** Under the bar; null where there is no room for it. */
  name: string | null;
  /** Parts from the bottom to the top. */
  parts: { value: number; fill: string; edge?: string }[];
}

interface BarPlotProps {
  /** Pixels. */
  width: number;
  bars: PlottedBar[];
  /** Share of a column that stays empty beside its bar. */
  gap: number;
  /** Writes the number of each bar over it. */
  hasTotals?: boolean;
}

const ticks = 5;
const axisText = { fontSize: 11, fill: "var(--text-3)" };

/**
 * Stacked bars in columns of equal width, with a scale of whole numbers. Made of the chart library's shapes and scale alone: its whole
 * charts would weigh more than everything else on the page together.
 */
export function BarPlot({ width, bars, gap, hasTotals = false }: BarPlotProps) {
  const { left, top, bottom, height } = plot;
  const totals = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const scale = getNiceTickValues([0, Math.max(ticks - 1, ...totals)], ticks, false);
  const ceiling = scale.at(-1) ?? 1;
  const floor = height - bottom;
  const heightOf = (value: number) => (value / ceiling) * (floor - top);
  const column = (width - left) / bars.length;
  return (
    <Surface width={width} height={height} className="block overflow-visible forced-color-adjust-none">
      <defs>
        <pattern
          id="still-open"
          {...{ width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }}
        >
          <rect width="5" height="5" fill="var(--surface)" />
          <rect width="2" height="5" fill="var(--data-1)" />
        </pattern>
      </defs>
      {scale.map((tick) => (
        <Layer key={tick}>
          <line
            {...{ x1: left, x2: width, y1: floor - heightOf(tick), y2: floor - heightOf(tick) }}
            stroke={tick === 0 ? "var(--line-2)" : "var(--data-grid)"}
          />
          <text {...axisText} x={left - 8} y={floor - heightOf(tick) + 4} textAnchor="end" className="num">
            {tick.toLocaleString("en-GB")}
          </text>
        </Layer>
      ))}
      {bars.map(({ key, name, parts }, index) => (
        <Layer key={key}>
          {parts.map(({ value, fill, edge = "var(--surface)" }, part) => {
            const under = parts.slice(0, part).reduce((sum, below) => sum + below.value, 0);
            return value > 0 ? (
              <Rectangle
                key={fill}
                x={left + (index + gap / 2) * column}
                y={floor - heightOf(under + value)}
                width={column * (1 - gap)}
                height={heightOf(value)}
                {...{ fill, stroke: edge, strokeWidth: 1 }}
              />
            ) : null;
          })}
          {hasTotals ? (
            <text
              x={left + (index + 0.5) * column}
              y={floor - heightOf(totals[index] ?? 0) - 5}
              {...{ fontSize: 11, fill: "var(--text-2)", textAnchor: "middle", className: "num" }}
            >
              {totals[index]?.toLocaleString("en-GB")}
            </text>
          ) : null}
          {name === null ? null : (
            <text {...axisText} x={left + (index + 0.5) * column} y={height - 5} textAnchor="middle">
              {name}
            </text>
          )}
        </Layer>
      ))}
    </Surface>
  );
}
