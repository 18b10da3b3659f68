import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** What something is, under its name; stands in a list of definitions (`dl`). */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Stack gap={0}>
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} size="sm" className="wrap-anywhere">
        {children}
      </Text>
    </Stack>
  );
}
