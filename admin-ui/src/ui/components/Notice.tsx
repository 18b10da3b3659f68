import { Alert, Button, Center, Loader, Stack, Text } from "@mantine/core";
import { CircleAlert, Lock } from "lucide-react";
import type { ReactNode } from "react";
import { ApiError } from "../api/client";
import { common } from "../text/en/common";

export function Loading() {
  return (
    <Center p="xl">
      <Loader role="progressbar" aria-label={common.loading} type="dots" />
    </Center>
  );
}

/** Where there is nothing yet: what would be here, and how it gets here. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap="xs" p="xl">
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" ta="center" maw={560}>
        {children}
      </Text>
    </Stack>
  );
}

/** What failed, in the gateway's words, and what to do about it. */
export function Failure(props: {
  error: Error;
  onRetry?: () => void;
  /** What to say if nothing answered, unless the error says it. */
  unanswered?: string;
}) {
  const { error, onRetry, unanswered } = props;
  const status = error instanceof ApiError ? error.status : undefined;
  const isDenied = status === 401 || status === 403;
  const cure =
    (error instanceof ApiError ? error.suggestion : undefined) ??
    (status === 0 ? unanswered : undefined);
  return (
    <Alert
      color={isDenied ? "gray" : "red"}
      icon={isDenied ? <Lock size={18} /> : <CircleAlert size={18} />}
      title={isDenied ? common.denied : error.message}
    >
      <Stack gap="xs" align="flex-start">
        {isDenied && <Text size="sm">{error.message}</Text>}
        {cure !== undefined && <Text size="sm">{cure}</Text>}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {common.tryAgain}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
