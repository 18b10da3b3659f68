import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const water: MantineColorsTuple = [
  "#e8f6fb",
  "#d3eaf3",
  "#a3d4e8",
  "#6fbddd",
  "#48a9d3",
  "#309dcd",
  "#1f7fab",
  "#0b6e99",
  "#075e85",
  "#004d6f",
];

export const theme = createTheme({
  colors: { water },
  primaryColor: "water",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", monospace',
  defaultRadius: "md",
  cursorType: "pointer",
});

/** Quiet text is darker than the library's, so that it can be read on every ground (WCAG AA). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { "--mantine-color-dimmed": "#51606e", "--mantine-color-body": "#f7f9fb" },
  dark: { "--mantine-color-dimmed": "#a3b1be", "--mantine-color-body": "#12181f" },
});
