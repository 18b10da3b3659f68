import { Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** A part of a view, under a title of its own. */
export function Section({
  id,
  title,
  children,
}: {
  /** Unique in the view. */
  id: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {children}
    </Stack>
  );
}
