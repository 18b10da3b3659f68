import { Paper, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** A part of a view, under a title of its own. */
export function Section(props: {
  /** Unique in the view. */
  id: string;
  title: string;
  /** Whether a line is drawn around it. */
  isFramed?: boolean;
  children: ReactNode;
}) {
  const { id, title, isFramed = false, children } = props;
  const content = (
    <>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {children}
    </>
  );
  return isFramed ? (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Stack gap="sm">{content}</Stack>
    </Paper>
  ) : (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      {content}
    </Stack>
  );
}
