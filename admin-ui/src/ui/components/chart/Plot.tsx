import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import { chart as text } from "../../text/en/chart";
import { axisTimes, bothTimes, type ChartData, drawn, type Format, isPart, lineStyle } from "./lines";
import styles from "./Plot.module.css";

const MILLIS = 1_000;
const AXIS_WIDTH = 72;

/** Whoever moves less than so many pixels has clicked. */
const DRAG_PIXELS = 8;

/** Room for a time with its seconds. */
const TIME_WIDTH = 84;

interface PlotProps {
  data: ChartData;
  format: Format;
  height: number;
  /** Takes a part that was chosen, in milliseconds; without it the plot shows that part by itself. */
  onZoom?: ((from: number, to: number) => void) | undefined;
}

/** Draws a chart on a canvas; below it stands what is at the pointer. */
export default function Plot({ data, format, height, onZoom }: PlotProps) {
  const { ref: sized, width } = useElementSize<HTMLDivElement>();
  const box = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(sized, box);
  const isDark = useComputedColorScheme("light") === "dark";
  const plot = useRef<uPlot>(undefined);
  const zoom = useRef(onZoom);
  zoom.current = onZoom;
  const names = data.lines.map((line) => line.name).join("\n");

  useEffect(() => {
    if (box.current === null || width === 0) {
      return;
    }
    const made = new uPlot(
      options({ data, format, height, onZoom }, width, isDark, zoom),
      aligned(data),
      box.current,
    );
    plot.current = made;
    return () => {
      plot.current = undefined;
      made.destroy();
    };
    // New values of the same lines are put into the same plot, below.
  }, [names, width > 0, isDark, format, height, onZoom === undefined]);

  useEffect(() => plot.current?.setData(aligned(data)), [data]);
  useEffect(() => plot.current?.setSize({ width, height }), [width, height]);

  return <div ref={ref} className={styles["plot"]} style={{ minHeight: height }} />;
}

function aligned({ times, lines }: ChartData): uPlot.AlignedData {
  return [times.map((time) => time / MILLIS), ...lines.map(drawn)];
}

function options(
  { data, format, height, onZoom }: PlotProps,
  width: number,
  isDark: boolean,
  zoom: { current: PlotProps["onZoom"] },
): uPlot.Options {
  const ink = isDark ? "#a3b1be" : "#51606e";
  const grid = { stroke: isDark ? "#2b353f" : "#e3e8ec", width: 1 };
  let isZoomed = false;
  const axis = { stroke: ink, grid, ticks: grid, font: "12px system-ui, sans-serif" };
  return {
    width,
    height,
    cursor: { drag: { x: true, y: false, dist: DRAG_PIXELS, setScale: onZoom === undefined } },
    hooks: {
      setScale: [
        (plot, key) => {
          if (key === "x") {
            isZoomed = isPart([...(plot.data[0] ?? [])], plot.scales["x"]?.min, plot.scales["x"]?.max);
          }
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width: chosen } = plot.select;
          if (zoom.current !== undefined && chosen > 0) {
            const at = (pixels: number) => Math.round(plot.posToVal(pixels, "x") * MILLIS);
            zoom.current(at(left), at(left + chosen));
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          }
        },
      ],
    },
    scales: {
      // New values leave what is looked at where it is.
      x: { auto: () => !isZoomed },
      y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.05 : 1] },
    },
    axes: [
      {
        ...axis,
        space: TIME_WIDTH,
        values: (_plot, seconds, _axis, _space, step) =>
          axisTimes(
            seconds.map((each) => each * MILLIS),
            step * MILLIS,
          ),
      },
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
