import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import { chart as text } from "../../text/en/chart";
import { bothTimes, type ChartData, type Format, lineStyle } from "./lines";
import styles from "./Plot.module.css";

const MILLIS = 1_000;
const AXIS_WIDTH = 72;

interface PlotProps {
  data: ChartData;
  format: Format;
  height: number;
}

/** Draws a chart on a canvas; below it stands what is at the pointer. */
export default function Plot({ data, format, height }: PlotProps) {
  const { ref: sized, width } = useElementSize<HTMLDivElement>();
  const box = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(sized, box);
  const isDark = useComputedColorScheme("light") === "dark";
  const plot = useRef<uPlot>(undefined);
  const names = data.lines.map((line) => line.name).join("\n");

  useEffect(() => {
    if (box.current === null || width === 0) {
      return;
    }
    const drawn = new uPlot(
      options({ data, format, height }, width, isDark),
      aligned(data),
      box.current,
    );
    plot.current = drawn;
    return () => {
      plot.current = undefined;
      drawn.destroy();
    };
    // New values of the same lines are put into the same plot, below.
  }, [names, width > 0, isDark, format, height]);

  useEffect(() => plot.current?.setData(aligned(data)), [data]);
  useEffect(() => plot.current?.setSize({ width, height }), [width, height]);

  return <div ref={ref} className={styles["plot"]} style={{ minHeight: height }} />;
}

function aligned({ times, lines }: ChartData): uPlot.AlignedData {
  return [times.map((time) => time / MILLIS), ...lines.map((line) => line.values)];
}

function options({ data, format, height }: PlotProps, width: number, isDark: boolean): uPlot.Options {
  const ink = isDark ? "#a3b1be" : "#51606e";
  const grid = { stroke: isDark ? "#2b353f" : "#e3e8ec", width: 1 };
  const axis = { stroke: ink, grid, ticks: grid, font: "12px system-ui, sans-serif" };
  return {
    width,
    height,
    scales: { y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.05 : 1] } },
    axes: [
      axis,
      { ...axis, size: AXIS_WIDTH, values: (_plot, values) => values.map((v) => format(v)) },
    ],
    series: [
      {
        label: text.time,
        value: (_plot, seconds) => (seconds === null ? text.unknown : bothTimes(seconds * MILLIS)),
      },
      ...data.lines.map((line, i): uPlot.Series => {
        const { stroke, dash } = lineStyle(i, isDark);
        return {
          label: line.name,
          stroke,
          dash,
          width: 2,
          spanGaps: false,
          points: { size: 4 },
          value: (_plot, value) =>
            value === null || value === undefined ? text.unknown : format(value),
        };
      }),
    ],
  };
}
