import {
  type CSSVariablesResolver,
  createTheme,
  DEFAULT_THEME,
  type MantineColorsTuple,
} from "@mantine/core";
import { common } from "../text/en/common";

const water: MantineColorsTuple = [
  "#e8f6fb",
  "#d3eaf3",
  "#a3d4e8",
  "#6fbddd",
  "#48a9d3",
  "#309dcd",
  "#1d7ba6",
  "#0b6e99",
  "#075e85",
  "#004d6f",
];

type Dark = [string, string, string, string];

/** A colour of the library, its dark half dark enough for white text on it, and as text (WCAG AA). */
function readable(name: string, dark: Dark): MantineColorsTuple {
  return [...(DEFAULT_THEME.colors[name] ?? []).slice(0, 6), ...dark] as unknown as MantineColorsTuple;
}

/** The button that closes it has a name, and its head is no landmark of the page. */
const DIALOG = {
  closeButtonProps: { "aria-label": common.close },
  attributes: { header: { role: "presentation" } },
};

export const theme = createTheme({
  colors: {
    water,
    red: readable("red", ["#d32f2f", "#c62828", "#b32222", "#9c1c1c"]),
    orange: readable("orange", ["#b84a00", "#a84300", "#943b00", "#803300"]),
    yellow: readable("yellow", ["#8a6100", "#7d5700", "#6f4d00", "#604300"]),
    green: readable("green", ["#22803a", "#1f7535", "#1a662d", "#155425"]),
    teal: readable("teal", ["#0b7f61", "#08705a", "#066250", "#045244"]),
    blue: readable("blue", ["#1c6fc0", "#1864ab", "#145591", "#104678"]),
  },
  primaryColor: "water",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", monospace',
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // One must be able to scroll with the keyboard, too.
    TableScrollContainer: { defaultProps: { type: "native", tabIndex: 0 } },
    // A link is as large as what it stands in.
    Anchor: { defaultProps: { inherit: true } },
    // A state is a word, which a narrow column must not cut off.
    Badge: { styles: { root: { minWidth: "max-content" } } },
    Modal: { defaultProps: DIALOG },
    Drawer: { defaultProps: DIALOG },
  },
});

/** Quiet text is darker than the library's, so that it can be read on every ground (WCAG AA). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { "--mantine-color-dimmed": "#51606e", "--mantine-color-body": "#f7f9fb" },
  dark: { "--mantine-color-dimmed": "#a3b1be", "--mantine-color-body": "#12181f" },
});
