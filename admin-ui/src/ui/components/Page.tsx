import { Group, Stack, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { shell } from "../text/en/shell";

/** A view: its title, also in the browser's tab, what can be done there, and its content. */
export function Page({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · ${shell.product}`;
  }, [title]);
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Title order={1} size="h2" className="wrap-anywhere">
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Stack>
  );
}
