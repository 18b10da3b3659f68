import { Alert, Button, List, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { CircleCheck, CircleX } from "lucide-react";
import { ask } from "../../api/client";
import type { ConnectionTestResult } from "../../api/schema";
import { Failure } from "../../components/Notice";
import { draft as text } from "../../text/en/draft";

/** Tries whether what a connector's declaration names can be reached, and says what was found. */
export function ConnectionTest({ name, spec }: { name: string; spec: object }) {
  const testing = useMutation({
    mutationFn: () => ask<ConnectionTestResult>("/api/v1/connectors/test", { name, spec }),
  });
  return (
    <Stack gap="xs" align="flex-start">
      <Button variant="default" loading={testing.isPending} onClick={() => testing.mutate()}>
        {text.test}
      </Button>
      <Text size="sm" c="dimmed">
        {text.testWhat}
      </Text>
      <div role="status">
        {testing.error && <Failure error={testing.error} />}
        {testing.data && <Outcome result={testing.data} />}
      </div>
    </Stack>
  );
}

function Outcome({ result: { error, facts } }: { result: ConnectionTestResult }) {
  return error === undefined ? (
    <Alert color="green" icon={<CircleCheck size={18} />} title={text.passed}>
      <List size="sm">
        {facts.map((fact) => (
          <List.Item key={fact} className="wrap-anywhere">
            {fact}
          </List.Item>
        ))}
      </List>
    </Alert>
  ) : (
    <Alert color="red" icon={<CircleX size={18} />} title={error.message}>
      <Text size="sm">{error.suggestion ?? error.code}</Text>
    </Alert>
  );
}
